import { newPassphrase, pickWords } from '../../core/text/passphrase.ts';
import { Exit, Problem } from '../../errors.ts';
import type { Prompter, World } from '../../world/world.ts';
import { askSecret } from './ask-passphrase.ts';
import { choice, option } from '../choose/preview-and-confirm.ts';

const tries = 3;
const shortest = 8;

/**
 * Gives a new passphrase, in the one form in which such are used: six words that are made and shown once, or
 * one of the person's own; either is typed once more. With `--passphrase-fd` it is the next line there.
 * Undefined when the person leaves it; throws a Problem (exit 4) where nobody can be asked.
 */
export async function choosePassphrase(
  world: World,
  prompter: Prompter | undefined,
): Promise<string | undefined> {
  const { words } = world;
  if (world.passphraseGiven !== undefined) {
    const line = world.passphraseGiven();
    if (line === undefined || line === '') throw new Problem('encrypt.none-given', {}, { exit: Exit.locked });
    return longEnough(newPassphrase(line));
  }
  if (prompter === undefined) throw new Problem('encrypt.not-chosen', {}, { exit: Exit.locked });
  const response = await prompter.ask({
    ...choice(
      'which-passphrase',
      words('encrypt.choose.ask'),
      ['six', 'own', 'stop'].map(key => option(key, words(`encrypt.choose.${key}`))),
    ),
    bare: true,
  });
  if (response.is !== 'answer' || response.answer === 'stop') return undefined;
  if (response.answer === 'own') return ownPassphrase(world, prompter);
  const six = pickWords(await world.templates.passphraseWords(), 6, world.random).join(' ');
  prompter.say(words('encrypt.choose.shown', { passphrase: six }));
  // Somebody may have them on paper by now: they stay the same until they are typed or the person leaves.
  for (let typed = await typedAgain(world, prompter, six); ; typed = await typedAgain(world, prompter, six)) {
    if (typed !== 'differs') return typed === 'same' ? six : undefined;
    prompter.say(words('encrypt.choose.shown_again', { passphrase: six }));
  }
}

async function ownPassphrase({ words }: World, prompter: Prompter): Promise<string | undefined> {
  let wrong: string | undefined;
  for (let at = 0; at < tries; at++) {
    const typed = await askSecret(prompter, words('encrypt.choose.new'), wrong);
    if (typed === undefined) return undefined;
    const passphrase = newPassphrase(typed);
    if (passphrase.length < shortest) {
      wrong = words('encrypt.short.says', { n: shortest });
      continue;
    }
    const again = await typedAgain({ words }, prompter, passphrase);
    if (again !== 'differs') return again === 'same' ? passphrase : undefined;
    wrong = words('encrypt.choose.anew');
  }
  return undefined;
}

/**
 * Asks for a passphrase once more until it is the same; `differs` after several that were not. An empty line
 * is none.
 */
async function typedAgain(
  { words }: Pick<World, 'words'>,
  prompter: Prompter,
  passphrase: string,
): Promise<'same' | 'differs' | 'left'> {
  let wrong: string | undefined;
  for (let at = 0; at < tries;) {
    const typed = await askSecret(prompter, words('encrypt.choose.again'), wrong, { emptyToo: true });
    if (typed === undefined) return 'left';
    if (newPassphrase(typed) === passphrase) return 'same';
    if (typed !== '') at++;
    wrong = words(typed === '' ? 'encrypt.choose.empty' : 'encrypt.choose.differs');
  }
  return 'differs';
}

function longEnough(line: string): string {
  if (line.length < shortest) throw new Problem('encrypt.short', { n: shortest }, { exit: Exit.misused });
  return line;
}
