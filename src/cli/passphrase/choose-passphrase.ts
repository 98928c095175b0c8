import { newPassphrase, pickWords } from '../../core/text/passphrase.ts';
import { Exit, Problem } from '../../errors.ts';
import type { Prompter, World, RandomPort, WordsPort, InputPort, TemplatesPort } from '../../world/world.ts';
import { askSecret } from './ask-passphrase.ts';
import { choice, option } from '../choose/preview-and-confirm.ts';

const maxAttempts = 3;
const minLength = 8;

/**
 * Returns a new passphrase, in normalized form: six generated words that are shown once, or a passphrase of
 * the person's own; the person types either once more. With `--passphrase-fd` it is the next line there.
 * Undefined if the person leaves; throws a Problem (exit 4) if nobody can be asked, (exit 2) if the given
 * line is too short.
 */
export async function choosePassphrase(
  world: RandomPort & WordsPort & InputPort & TemplatesPort,
  prompter: Prompter | undefined,
): Promise<string | undefined> {
  const { words } = world;
  if (world.passphraseGiven !== undefined) {
    const line = world.passphraseGiven();
    if (line === undefined || line === '') throw new Problem('encrypt.none-given', {}, { exit: Exit.locked });
    return refuseShort(newPassphrase(line));
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
  // The person may have written them down by now: the words stay the same until they are typed or the person
  // leaves.
  for (let typed = await askAgain(world, prompter, six); ; typed = await askAgain(world, prompter, six)) {
    if (typed !== 'differs') return typed === 'same' ? six : undefined;
    prompter.say(words('encrypt.choose.shown_again', { passphrase: six }));
  }
}

async function ownPassphrase({ words }: WordsPort, prompter: Prompter): Promise<string | undefined> {
  let hint: string | undefined;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const typed = await askSecret(prompter, words('encrypt.choose.new'), hint);
    if (typed === undefined) return undefined;
    const passphrase = newPassphrase(typed);
    if (passphrase.length < minLength) {
      hint = words('encrypt.short.says', { n: minLength });
      continue;
    }
    const again = await askAgain({ words }, prompter, passphrase);
    if (again !== 'differs') return again === 'same' ? passphrase : undefined;
    hint = words('encrypt.choose.anew');
  }
  return undefined;
}

/**
 * Asks for a passphrase once more until it is the same. Returns `differs` after several wrong ones; an empty
 * line does not count. Returns `left` if the person leaves.
 */
async function askAgain(
  { words }: Pick<World, 'words'>,
  prompter: Prompter,
  passphrase: string,
): Promise<'same' | 'differs' | 'left'> {
  let hint: string | undefined;
  for (let attempt = 0; attempt < maxAttempts;) {
    const typed = await askSecret(prompter, words('encrypt.choose.again'), hint, { emptyToo: true });
    if (typed === undefined) return 'left';
    if (newPassphrase(typed) === passphrase) return 'same';
    if (typed !== '') attempt++;
    hint = words(typed === '' ? 'encrypt.choose.empty' : 'encrypt.choose.differs');
  }
  return 'differs';
}

function refuseShort(line: string): string {
  if (line.length < minLength) throw new Problem('encrypt.short', { n: minLength }, { exit: Exit.misused });
  return line;
}
