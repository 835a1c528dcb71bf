/** What to do at the sender: where to paste the URL and the secret. */
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import { text } from '../text.ts';
import { type ConnectionAnswer, isAdmin } from './connection-record.ts';
import { useProvider } from './provider.ts';
import './sender-guide.css';
import { anyOther, senderName } from './sender-name.ts';
import { senderSteps } from './sender-secret.ts';

/** The steps need the token, which only an admin has. Everybody else gets the documentation alone. */
export function SenderGuide({ record }: { record: ConnectionAnswer }) {
  const { data: provider } = useProvider(record.provider);
  if (!provider) return null;
  const sender = senderName(provider);
  return (
    <div>
      {isAdmin(record) && (
        <>
          <Box variant="awsui-key-label">{text.endpoint.sender(sender)}</Box>
          <ol className="sender-guide">
            {senderSteps(provider).map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      )}
      {provider.id !== anyOther && (
        <Link external href={provider.docs}>
          {text.endpoint.senderDocs(sender)}
        </Link>
      )}
    </div>
  );
}
