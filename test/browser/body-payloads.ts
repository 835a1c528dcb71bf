/** A body of each kind that the console shows in its own way. */

/** A body that is no text. */
const binary = Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 7) % 256));

/** What each body of the connection `bodies` is. */
export const bodyPayloads: Record<string, [contentType: string, body: string | Buffer]> = {
  json: [
    'application/json',
    JSON.stringify({
      order: 4711,
      lines: Array.from({ length: 12 }, (_, n) => ({
        sku: `A-${n}`,
        amount: n + 0.5,
        isGift: n % 2 === 0,
        note: null,
      })),
      customer: { name: 'Zoë Ünder', address: { city: 'Zürich', tags: [] } },
    }),
  ],
  form: ['application/x-www-form-urlencoded', 'order=4711&total=12.50&note=two+words&empty=&tags=a&tags=b%26c'],
  multipart: [
    'multipart/form-data; boundary=x',
    [
      '--x\r\ncontent-disposition: form-data; name="subject"\r\n\r\nYour order 4711\r\n',
      '--x\r\ncontent-disposition: form-data; name="attachment"; filename="invoice.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF-1.4 made up\r\n',
      '--x--\r\n',
    ].join(''),
  ],
  xml: ['text/xml', '<?xml version="1.0"?><order id="4711"><line sku="A-1">Nails &amp; screws</line><paid/></order>'],
  ndjson: ['application/x-ndjson', '{"order":4711,"state":"paid"}\n{"order":4712,"state":"open"}\n'],
  image: [
    'image/png',
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
      'base64',
    ),
  ],
  'broken image': ['image/gif', 'GIF89a'],
  bytes: ['application/octet-stream', binary],
  text: ['text/plain', 'One line.\nAnother line, with\ta tab.\n'],
  nothing: ['text/plain', ''],
};
