import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openHome } from '../../e2e/support/home.ts';
import { reportLeftOut } from '../../support/needs.ts';
import { openPacked } from '../../support/packed.ts';
import { passphrase } from '../harness/given.ts';
import { memory, openImage, whyNoImage } from '../harness/image.ts';
import type { Image } from '../harness/image.ts';
import { live } from '../harness/life.ts';

// Home, settings, temporary folder and notes are on one disk, which the tests search byte by byte. A folder
// that had plaintext before `encrypt on` leaves traces, as the documents say.
const why = whyNoImage();
if (why !== undefined) reportLeftOut('the search of a whole disk', why);

let rupture: string;
beforeAll(async () => {
  if (why === undefined) ({ rupture } = await openPacked());
});

interface Found {
  readonly steps: number;
  readonly words: readonly string[];
  /** The words found on the disk, each with the first step after which it was there. */
  readonly found: ReadonlyMap<string, string>;
}

async function lifeOn(image: Image, sealed: boolean): Promise<Found> {
  const aside = mkdtempSync(join(memory, 'rupture-image-'));
  onTestFinished(() => rmSync(aside, { recursive: true, force: true }));
  const home = openHome(rupture, { under: image.place, runtime: aside });
  const found = new Map<string, string>();
  let steps = 0;
  const words = await live({
    home,
    aside,
    sealed,
    after: (step, said) => {
      steps += 1;
      for (const word of image.found([...said, passphrase])) if (!found.has(word)) found.set(word, step);
    },
  });
  image.unmount();
  for (const word of image.found([...words, passphrase])) if (!found.has(word)) found.set(word, 'the end');
  return { steps, words, found };
}

describe.skipIf(why !== undefined)('the disk under an encrypted folder', () => {
  test('contains no written word and no passphrase after any command of a typical life', async () => {
    const { steps, words, found } = await lifeOn(openImage(), true);
    process.stdout.write(
      `image: ${words.length} words and the passphrase, looked for after each of ${steps} steps: ${found.size} found\n`,
    );
    expect([...found]).toEqual([]);
    expect(words.length).toBeGreaterThan(30);
  });

  test('control: the same life in a plaintext folder leaves every word', async () => {
    const { words, found } = await lifeOn(openImage(), false);
    process.stdout.write(
      `control: of ${words.length} words ${found.size} were found where nothing is sealed\n`,
    );
    expect([...found.keys()].sort()).toEqual([...words].sort());
  });

  test('control: finds a carelessly written file after its removal', () => {
    const image = openImage();
    const path = join(image.place, 'careless.tmp');
    writeFileSync(path, 'They said Quillcarelessfeather to me.\n');
    unlinkSync(path);
    image.unmount();
    expect(image.found(['Quillcarelessfeather', 'Quillneverfeather'])).toEqual(['Quillcarelessfeather']);
    process.stdout.write('control: a careless temporary file was found after it was removed\n');
  });
});
