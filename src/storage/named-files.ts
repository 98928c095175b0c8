import { fault, problemOf } from './problems.ts';
import { readLimit, readWhole, tooLarge } from './safe-read.ts';
import { openWriter, type WriterNeeds } from './safe-write.ts';

/** Reads all of a stream as UTF-8, as much as is read of a file and no more; `place` is what a Problem calls it. */
export async function readAll(input: NodeJS.ReadableStream, place: string): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > readLimit) throw problemOf(tooLarge(place));
    chunks.push(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw problemOf(fault('storage.read-not-text', { path: place }), { cause });
  }
}

/** Reads a file that the person named, behind a link too. */
export function readNamed(path: string): string {
  return readWhole(path, { follow: true });
}

/** Writes a new private file that the person named. False when there is one already. */
export function writeNamed(needs: WriterNeeds, path: string, text: string): boolean {
  return openWriter(needs).add(path, text);
}
