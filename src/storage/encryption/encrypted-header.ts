/**
 * What can be wrong with an encrypted file. `other-key`: encrypted for another key or passphrase. `readers`:
 * encrypted for more than one recipient. `line-ends`: a program treated it as text and changed its line ends.
 */
export type EncryptionFault = 'other-key' | 'damaged' | 'readers' | 'line-ends';

const version = 'age-encryption.org/v1';
/** The number of bytes that are searched for the header. With one stanza it takes less than 200 bytes. */
const maxHeaderLength = 1024;

/**
 * Checks the header of an encrypted file before any decryption, because a header may name thousands of
 * recipients and the library would try each. Returns the file's form if the header is valid and names a
 * single recipient; for an armored file it does not look inside the armor.
 */
export function looksEncrypted(data: Uint8Array): 'binary' | 'armored' | EncryptionFault {
  const head = Buffer.from(data.buffer, data.byteOffset, Math.min(data.length, maxHeaderLength)).toString(
    'latin1',
  );
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
