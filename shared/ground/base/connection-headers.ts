/** Headers about one connection, or about how a message is sent in it (RFC 9110, 7.6.1). A message that goes on has its own. */
export const connectionHeaders: readonly string[] = [
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
