/**
 * The ways in which a sender can present its token. For each accepted placement: the URL to paste, and the header to
 * enter.
 */
import * as z from 'zod/mini';
import { pointerKeys } from '../../ground/base/json-pointer.ts';
import { type Placement, placementSchema } from './token-placement.ts';

export const deliveryUrlSchema = z.object({
  placement: placementSchema,
  /** The URL to paste into the sender. The URL contains the token if the placement is part of the URL. */
  url: z.string(),
  /** The header to enter at the sender. The header contains the token. */
  header: z.optional(z.object({ name: z.string(), value: z.string() })),
  /** A command that sends a delivery this way. Absent if the endpoint demands a signature too. */
  curl: z.optional(z.string()),
});
export type DeliveryUrl = z.infer<typeof deliveryUrlSchema>;

/** A delivery that contains a token: its URL, and the header or body if that carries the token. */
type TokenDelivery = Pick<DeliveryUrl, 'url' | 'header'> & { body?: string };

function tokenDeliveryOf(placement: Placement, url: string, token: string): TokenDelivery {
  const encoded = encodeURIComponent(token);
  switch (placement.in) {
    case 'query':
      return { url: `${url}?${encodeURIComponent(placement.name)}=${encoded}` };
    case 'path':
      return { url: `${url}/${encoded}` };
    case 'basic':
      return { url: url.replace('://', `://${encodeURIComponent(placement.username)}:${encoded}@`) };
    case 'header':
      return {
        url,
        header: { name: placement.name, value: placement.scheme ? `${placement.scheme} ${token}` : token },
      };
    case 'body':
      return { url, body: JSON.stringify(jsonWithField(placement.path, token)) };
  }
}

/** The smallest JSON document with this value at the pointer. */
const jsonWithField = (pointer: string, value: string): unknown =>
  pointerKeys(pointer).reduceRight<unknown>((inner, key) => Object.fromEntries([[key, inner]]), value);

/** Quotes a text as one word for a POSIX shell. */
const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function curlOf({ url, header, body = '{}' }: TokenDelivery, { method, idHeader }: DeliveryNeeds): string {
  const headers = [
    ...(header ? [`${header.name}: ${header.value}`] : []),
    'content-type: application/json',
    ...(idHeader === undefined ? [] : [`${idHeader}: example-1`]),
  ];
  const words = ['curl', shellQuoted(url), '-X', method, ...headers.flatMap((line) => ['-H', shellQuoted(line)])];
  return [...words, '-d', shellQuoted(body)].join(' ');
}

/** The parts of a delivery besides the token. */
interface DeliveryNeeds {
  /** The endpoint's bare URL. */
  url: string;
  /** A method that the endpoint accepts. */
  method: string;
  /**
   * Whether the endpoint accepts the token without a signature. If a signature is needed too, no fixed command works.
   */
  isEnough: boolean;
  /** The header with the delivery id, which identifies repeats. */
  idHeader?: string | undefined;
}

/** How to present a token, for each accepted placement in order. */
export const deliveryUrls = (accept: readonly Placement[], token: string, demand: DeliveryNeeds) =>
  accept.map((placement): DeliveryUrl => {
    const usage = tokenDeliveryOf(placement, demand.url, token);
    const { body: _, ...shown } = usage;
    return { placement, ...shown, ...(demand.isEnough && { curl: curlOf(usage, demand) }) };
  });
