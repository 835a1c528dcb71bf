import Box from '@cloudscape-design/components/box';
import { inOrder } from '../events/body-bytes.ts';
import './routes-tab.css';

/** A pattern, an expression or a body, in the order of its bytes. */
export const Code = ({ children }: { children: string }) => (
  <Box variant="code">
    <span className="rule-code">{inOrder(children)}</span>
  </Box>
);
