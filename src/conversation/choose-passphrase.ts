import { newPassphrase, pickWords } from '../core/passphrase.ts';
import { Exit, Problem } from '../errors.ts';
import type { Prompter, World } from '../world.ts';
import { askSecret } from './passphrase.ts';
import { choice, option } from './preview.ts';

const tries = 3;
const shortest = 8;

/**
 * Gives a new passphrase, in the one form in which such are used: six words that are made and shown once, or one of the person's own; either
 * is typed once more. With `--passphrase-fd` it is the next line there. Undefined when the person leaves it; throws a Problem (exit 4) where
 * nobody can be asked.
 */
export async function choosePassphrase(world: World, prompter: Prompter | undefined): Promise<string | undefined> {
  const { words } = world;
  if (world.passphraseGiven !== undefined) {
    const line = world.passphraseGiven();
    if (line === undefined || line === '') throw new Problem('encrypt.none-given', {}, { exit: Exit.locked });
    return longEnough(newPassphrase(line));
  }
  if (prompter === undefined) throw new Problem('encrypt.not-chosen', {}, { exit: Exit.locked });
  const reply = await prompter.ask({ ...choice('which-passphrase', words('encrypt.choose.ask'), ['six', 'own', 'stop'].map((key) => option(key, words(`encrypt.choose.${key}`)))), bare: true });
  if (reply.is !== 'answer' || reply.answer === 'stop') return undefined;
  if (reply.answer === 'own') return ownPassphrase(world, prompter);
  const six = pickWords(await world.templates.passphraseWords(), 6, world.chance).join(' ');
  prompter.say(words('encrypt.choose.shown', { passphrase: six }));
  return await typedBack(world, prompter, six) ? six : undefined;
}

async function ownPassphrase(world: World, prompter: Prompter): Promise<string | undefined> {
  for (let at = 0; at < tries; at++) {
    const typed = await askSecret(prompter, world.words('encrypt.choose.new'));
    if (typed === undefined) return undefined;
    const passphrase = newPassphrase(typed);
    if (passphrase.length < shortest) {
      prompter.say(world.words('encrypt.short.says', { n: shortest }));
      continue;
    }
    return await typedBack(world, prompter, passphrase) ? passphrase : undefined;
  }
  return undefined;
}

async function typedBack({ words }: World, prompter: Prompter, passphrase: string): Promise<boolean> {
  for (let at = 0; at < tries; at++) {
    const typed = await askSecret(prompter, words('encrypt.choose.again'));
    if (typed === undefined) return false;
    if (newPassphrase(typed) === passphrase) return true;
    prompter.say(words('encrypt.choose.differs'));
  }
  return false;
}

function longEnough(line: string): string {
  if (line.length < shortest) throw new Problem('encrypt.short', { n: shortest }, { exit: Exit.misused });
  return line;
}
