/**
 * What can be wrong with a sealed file. `readers`: sealed for more than one. `line-ends`: some program took
 * it for text and changed its line ends.
 */
export type EncryptionFault = 'other-key' | 'damaged' | 'readers' | 'line-ends';

const version = 'age-encryption.org/v1';
/** One stanza and its mark take less than 200 bytes; one of a passphrase too. */
const longest = 1024;

/**
 * Looks at the header of a sealed file before anything is worked out: a header may name thousands of readers,
 * and each would be tried. Only one of a single reader passes.
 */
export function looksEncrypted(data: Uint8Array): 'binary' | 'armored' | EncryptionFault {
  const head = Buffer.from(data.buffer, data.byteOffset, Math.min(data.length, longest)).toString('latin1');
  if (head.trimStart().startsWith('-----BEGIN AGE ENCRYPTED FILE-----')) return 'armored';
  if (head.startsWith(`${version}\r\n`)) return 'line-ends';
  if (!head.startsWith(`${version}\n`)) return 'damaged';
  const end = head.indexOf('\n--- ');
  const stanzas = head
    .slice(0, end < 0 ? undefined : end)
    .split('\n')
    .filter(line => line.startsWith('-> ')).length;
  if (stanzas > 1) return 'readers';
  return end < 0 ? 'damaged' : 'binary';
}
