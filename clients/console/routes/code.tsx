import Box from '@cloudscape-design/components/box';
import { inByteOrder } from '../body/visible-text.ts';
import './routes-tab.css';

/** A pattern, an expression or a body, in the order of its bytes. */
export const Code = ({ children }: { children: string }) => (
  <Box variant="code">
    <span className="rule-code">{inByteOrder(children)}</span>
  </Box>
);
