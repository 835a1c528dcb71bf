/** A body that is an image. It is drawn from its bytes, with a type that only draws. */
import Alert from '@cloudscape-design/components/alert';
import { useEffect, useState } from 'react';
import { bodyText } from './body-text.ts';

export function BodyImage({ bytes, type }: { bytes: Uint8Array; type: string }) {
  const [url, setUrl] = useState<string>();
  const [isBroken, setIsBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  if (isBroken) return <Alert type="warning">{bodyText.badImage}</Alert>;
  return url && <img className="body-image" src={url} alt={bodyText.imageOf} onError={() => setIsBroken(true)} />;
}
