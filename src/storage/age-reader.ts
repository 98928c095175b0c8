import { createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { strictBase64, type Key } from './age-stanzas.ts';
import type { SealFault } from './sealed-header.ts';

/** What came of opening: the bytes, or what is wrong with the file. */
export type Opened = { readonly is: 'bytes'; readonly bytes: Uint8Array } | { readonly is: SealFault };

const base = '([A-Za-z0-9+/]{43})';
const ownHeader = new RegExp(`^age-encryption\\.org/v1\\n-> X25519 ${base}\\n${base}\\n---`);
const otherHeader = /^age-encryption\.org\/v1\n-> (?!X25519 )\S+(?: \S+)*\n(?:[A-Za-z0-9+/]*\n)+--- \S+\n/;
const part = 64 * 1024;
const tag = 16;

/**
 * Opens a binary age file for one X25519 reader, as the format says (age-encryption.org/v1). The age library
 * does the same through streams and in JavaScript: 1,000 notes of 2 KB took it 0.6 to 1.0 s (its own X25519
 * 2.3 s), against 0.2 s with node:crypto. Only reading is done here; whatever is not exactly right is damage.
 */
export function openBinary(keys: readonly Key[], data: Buffer): Opened {
  const head = data.toString('latin1', 0, 512);
  const found = ownHeader.exec(head);
  if (found === null) return { is: otherHeader.test(head) ? 'other-key' : 'damaged' };
  const [signed, share = '', wrapped = ''] = found;
  const [, mac = ''] = new RegExp(`^ ${base}\\n`).exec(head.slice(signed.length)) ?? [];
  const [body, expected] = [strictBase64(wrapped), strictBase64(mac)];
  if (body === undefined || expected?.length !== 32 || strictBase64(share) === undefined)
    return { is: 'damaged' };
  const fileKey = unwrapped(keys, share, body);
  if (fileKey === undefined) return { is: 'other-key' };
  const sum = createHmac('sha256', derived(fileKey, '', 'header'))
    .update(data.subarray(0, signed.length))
    .digest();
  if (!timingSafeEqual(sum, expected)) return { is: 'damaged' };
  const payload = data.subarray(signed.length + 1 + mac.length + 1);
  if (payload.length < 16 + tag) return { is: 'damaged' };
  const bytes = openParts(derived(fileKey, payload.subarray(0, 16), 'payload'), payload.subarray(16));
  return bytes === undefined ? { is: 'damaged' } : { is: 'bytes', bytes };
}

function unwrapped(keys: readonly Key[], share: string, body: Uint8Array): Uint8Array | undefined {
  for (const key of keys) {
    const fileKey = key.unwrap({ args: ['X25519', share], body });
    if (fileKey !== null) return fileKey;
  }
  return undefined;
}

/**
 * Opens the parts of 64 KB, each of which knows its number and whether it is the last; undefined when one is
 * not as it was, or one is missing.
 */
function openParts(key: Buffer, sealed: Buffer): Buffer | undefined {
  const opened: Buffer[] = [];
  const nonce = Buffer.alloc(12);
  for (let at = 0, number = 0; at < sealed.length || number === 0; at += part + tag, number++) {
    const piece = sealed.subarray(at, at + part + tag);
    const isLast = at + piece.length === sealed.length;
    // Only a file without a byte has an empty part.
    if (piece.length < tag || (piece.length === tag && number > 0)) return undefined;
    nonce.writeUInt32BE(number, 7);
    nonce[11] = isLast ? 1 : 0;
    const cipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tag });
    cipher.setAuthTag(piece.subarray(piece.length - tag));
    try {
      opened.push(cipher.update(piece.subarray(0, piece.length - tag)), cipher.final());
    } catch {
      return undefined;
    }
  }
  return Buffer.concat(opened);
}

function derived(key: Uint8Array, salt: Uint8Array | string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, use, 32));
}
