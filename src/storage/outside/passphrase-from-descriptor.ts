import { readSync } from 'node:fs';
import { Exit, Problem } from '../../errors.ts';
import { codeOf } from '../fs/problems.ts';
import { pause } from '../system/pause.ts';

/** Longer than any passphrase. */
const longest = 4096;

/**
 * Opens a reader of the lines of an open descriptor (`--passphrase-fd`), one at a time; undefined when there
 * is none left. Throws a Problem (exit 2) when it can't be read.
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
    const one = Buffer.alloc(1);
    // Byte by byte: what follows the line is not ours to take.
    while (bytes.length < longest) {
      if (readOne(descriptor, one) === 0) break;
      const [byte = 0] = one;
      if (byte === 10) return lineOf(bytes);
      bytes.push(byte);
    }
    return bytes.length === 0 ? undefined : lineOf(bytes);
  };
}

function readOne(descriptor: number, into: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, into, 0, 1, null);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN')
        throw new Problem('encrypt.bad-fd', { fd: descriptor }, { exit: Exit.misused, cause: error });
      // A pipe that does not wait, and whose other end has not written yet.
      pause(20);
    }
  }
}

function lineOf(bytes: readonly number[]): string {
  // An editor on Windows may begin the file with a mark that nobody sees.
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r$/, '');
}
