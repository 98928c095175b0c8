import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passphraseForms } from '../../../src/core/text/passphrase.ts';
import { Exit } from '../../../src/errors.ts';
import { decryptWithPassphrase, encryptWithPassphrase } from '../../../src/storage/encryption/age.ts';
import { given } from '../../support/sealed.ts';
import { answer, openPlace, run } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';

const composed = 'caf\u00e9 au lait deux fois';
const decomposed = 'cafe\u0301 au lait deux fois';
const text = 'They looked at the clock.';

let place: Place;
beforeEach(async () => {
  place = openPlace();
  await run(['reflect', '-m', text], { place });
});
afterEach(() => place.remove());

const go = (passphrases: readonly string[], ...args: readonly string[]): Promise<Ran> =>
  run([...given(place, ...passphrases), ...args], { place, input: '' });
const opens = async (typed: string): Promise<boolean> =>
  (await go([typed], 'summary')).out.includes(text.slice(0, -1));

/** Encrypts the folder's key with exactly this passphrase, without normalizing, as an earlier version did. */
async function encryptKeyBy(passphrase: string): Promise<void> {
  const path = join(place.folder, '.rupture', 'identity.age');
  const opened = await decryptWithPassphrase(readFileSync(path), composed);
  if (opened.is !== 'bytes') throw new Error(opened.is);
  writeFileSync(path, await encryptWithPassphrase(Buffer.from(opened.bytes).toString(), passphrase, 10));
}

describe('the forms of a passphrase', () => {
  it('are the same for plain letters, without duplicates', () => {
    expect(passphraseForms('correct horse battery staple')).toEqual(['correct horse battery staple']);
    expect(passphraseForms(composed)).toEqual([composed, decomposed]);
    expect(passphraseForms(decomposed)).toEqual([decomposed, composed]);
    // A ligature, a full-width letter and an accent: as typed, compatible, composed, decomposed.
    expect(passphraseForms('\ufb01\uff41e\u0301')).toEqual([
      '\ufb01\uff41e\u0301',
      'fia\u00e9',
      '\ufb01\uff41\u00e9',
    ]);
  });
});

describe('a passphrase with an accent', () => {
  it.each([
    [composed, decomposed],
    [decomposed, composed],
  ])('decrypts the notes from every keyboard: %j, then %j', async (first, second) => {
    expect((await go([first], 'encrypt', 'on')).exit).toBe(Exit.done);
    expect([await opens(first), await opens(second), await opens('cafe au lait deux fois')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is normalized, and opens with age too', async () => {
    await go([decomposed], 'encrypt', 'on');
    const opened = await decryptWithPassphrase(
      readFileSync(join(place.folder, '.rupture', 'identity.age')),
      composed,
    );
    expect(opened.is).toBe('bytes');
  });

  it.each([composed, decomposed, '\ufb01\uff41e\u0301 lait deux fois'])(
    'opens a folder whose passphrase was used as it was typed: %j',
    async old => {
      await go([composed], 'encrypt', 'on');
      await encryptKeyBy(old);
      expect([
        await opens(old.normalize('NFC')),
        await opens(old.normalize('NFD')),
        await opens('fiae lait deux fois'),
      ]).toEqual([true, true, false]);
    },
  );

  it('can be changed, and still works after a new key', async () => {
    await go(['another one of mine'], 'encrypt', 'on');
    expect((await go(['another one of mine', decomposed], 'encrypt', 'passphrase')).exit).toBe(Exit.done);
    expect((await go([composed], 'encrypt', 'rotate')).exit).toBe(Exit.done);
    expect([await opens(composed), await opens(decomposed), await opens('another one of mine')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('can be typed in another form', async () => {
    const ran = await run(['encrypt', 'on'], {
      place,
      script: [
        ['which-passphrase', answer('own')],
        ['passphrase', answer(composed)],
        ['passphrase', answer(decomposed)],
        ['recovery', answer(false)],
      ],
    });
    expect([ran.exit, await opens(composed), await opens(decomposed)]).toEqual([Exit.done, true, true]);
  });

  it('has the same length from every keyboard', async () => {
    const short = 'e\u0301'.repeat(4);
    expect((await go([short], 'encrypt', 'on')).exit).toBe(Exit.misused);
    expect((await go(['\u00e9'.repeat(8)], 'encrypt', 'on')).exit).toBe(Exit.done);
  });
});
