import type { Prompter, OutputPort, TemplatesPort, NotesPort } from '../../world/world.ts';

/**
 * Explains once what the program is, where the notes are and who can read them, before anything is saved. On
 * a terminal it asks for a yes; in a pipe it prints to standard error. Resolves to false if the person said
 * no; then no folder was made.
 */
export async function firstRun(
  world: OutputPort & TemplatesPort,
  store: NotesPort,
  prompter: Prompter | undefined,
  isNew = store.isNew(),
): Promise<boolean> {
  if (!isNew) return true;
  const template = await world.templates.sequence('first-run');
  const lines = (template.pages['welcome'] ?? []).map(line => line.replaceAll('{path}', () => store.folder));
  const ask = template.steps.find(step => step.is === 'ask');
  if (prompter === undefined || ask?.is !== 'ask') {
    world.messages.say(lines.join('\n'));
    return true;
  }
  prompter.say(lines.join('\n'));
  const { id, words, notes } = ask.question;
  const response = await prompter.ask({
    id,
    kind: 'confirm',
    words,
    options: [],
    anchors: [],
    skippable: false,
    canGoBack: false,
  });
  if (response.is === 'answer' && response.answer === true) return true;
  for (const note of notes) world.messages.say(note.words);
  return false;
}
