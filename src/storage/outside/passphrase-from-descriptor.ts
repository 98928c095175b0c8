import { readSync } from 'node:fs';
import { Exit, Problem } from '../../errors.ts';
import { codeOf } from '../fs/problems.ts';
import { pause } from '../system/pause.ts';

/** The most bytes to read for one line; longer than any passphrase. */
const longest = 4096;

/**
 * Returns a function that reads the next line from an open descriptor (`--passphrase-fd`); it returns
 * undefined at the end. Both throw a Problem (exit 2), for a bad number or a descriptor that can't be read.
 */
export function openPassphraseLines(text: string): () => string | undefined {
  if (!/^\d{1,9}$/.test(text))
    throw new Problem(
      'cli.bad-number',
      { flag: '--passphrase-fd', text, least: 0, most: 999_999_999 },
      { exit: Exit.misused },
    );
  const descriptor = Number(text);
  return () => {
    const bytes: number[] = [];
    const buffer = Buffer.alloc(1);
    // Read byte by byte: the bytes after the line belong to other readers.
    while (bytes.length < longest) {
      if (readByte(descriptor, buffer) === 0) break;
      const [byte = 0] = buffer;
      if (byte === 10) return lineOf(bytes);
      bytes.push(byte);
    }
    return bytes.length === 0 ? undefined : lineOf(bytes);
  };
}

function readByte(descriptor: number, into: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, into, 0, 1, null);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN')
        throw new Problem('encrypt.bad-fd', { fd: descriptor }, { exit: Exit.misused, cause: error });
      // A non-blocking pipe to which nothing has been written yet.
      pause(20);
    }
  }
}

function lineOf(bytes: readonly number[]): string {
  // An editor on Windows may begin the file with a BOM.
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r$/, '');
}
