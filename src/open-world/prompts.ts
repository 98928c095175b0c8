import { helpNowPage } from '../cli/show/help-page.ts';
import type { Ending } from '../errors.ts';
import { Exit, Problem } from '../errors.ts';
import type { Machine } from '../machine.ts';
import { stopGroup } from '../terminal/input/suspend.ts';
import type { Sink } from '../terminal/output/sink.ts';
import type { InquirerPrompterOptions } from '../terminal/prompts/inquirer-prompter.ts';
import type { EditedCopy, Prompter, World } from '../world/world.ts';

/** What a prompter and an editor need of the process. */
export interface PromptNeeds {
  readonly process: Machine;
  readonly world: World;
  /** The environment as the person has it, for the editor. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Opens what asks the person: prompts with a cursor on a terminal, lines elsewhere. Signals abort `ended`. */
export async function openPrompter(needs: PromptNeeds, ended: AbortController): Promise<Prompter> {
  const { process, world } = needs;
  const { stderr } = process;
  // `on`, not `once`: other listeners count ours, and end the process when it is gone.
  for (const ending of ['SIGINT', 'SIGTERM', 'SIGHUP'] satisfies Ending[])
    process.on(ending, () => ended.abort(ending));
  const help = (): Promise<string> => helpNowPage(world);
  // Loads everything that may be needed until the end, in case the program is replaced during the interview.
  const preload = async (): Promise<void> =>
    void (await Promise.allSettled([
      world.templates.closings(),
      world.templates.helpNow(),
      import('../terminal/editor/external-editor.ts'),
      import('../sessions/drafts/save-unsaved-answers.ts'),
    ]));
  const asLines = world.plain() || !process.inputIsTerminal || stderr.isTTY !== true || !isStream(stderr);
  const prompter = asLines
    ? (await import('../terminal/lines/line-prompter.ts')).openLinePrompter({
        input: process.stdin,
        output: stderr,
        words: world.words,
        help,
        preload,
        ended: ended.signal,
        isTerminal: process.inputIsTerminal,
        width: world.messages.width,
      })
    : await openCursorPrompter(needs, { output: stderr, ended: ended.signal, help, preload });
  process.on('exit', () => prompter.close());
  return prompter;
}

async function openCursorPrompter(
  { process, world, env }: PromptNeeds,
  options: Pick<InquirerPrompterOptions, 'output' | 'ended' | 'help' | 'preload'>,
): Promise<Prompter> {
  const [{ openInquirerPrompter }, { whenUnlocked }] = await Promise.all([
    import('../terminal/prompts/inquirer-prompter.ts'),
    import('../storage/fs/lock.ts'),
  ]);
  return openInquirerPrompter({
    ...options,
    input: process.stdin,
    words: world.words,
    style: world.messages.style,
    // A stopped process that held the lock would keep every other one waiting.
    suspend: resumed => void whenUnlocked().then(() => stopGroup(process, resumed)),
    edit: async text => {
      const [{ editorOptions, openTextEditor }, store] = await Promise.all([
        import('../terminal/editor/external-editor.ts'),
        world.openStore(),
      ]);
      return openTextEditor(editorOptions(world, store, { env, platform: process.platform }))(text);
    },
  });
}

/**
 * Opens the person's editor on a copy of a text. Throws a Problem if no editor is set and nobody is at the
 * terminal.
 */
export async function editCopy({ process, world, env }: PromptNeeds, text: string): Promise<EditedCopy> {
  const [{ editorOptions, leavesNoTraces, openCopyEditor }, store] = await Promise.all([
    import('../terminal/editor/external-editor.ts'),
    world.openStore(),
  ]);
  const options = editorOptions(world, store, { env, platform: process.platform });
  const isNamed = options.commands.some(command => command !== undefined && command.trim() !== '');
  if (!world.interactive && !isNamed) throw new Problem('edit.no-editor', {}, { exit: Exit.misused });
  // Ctrl-C signals the whole process group. In the editor it belongs to the editor.
  process.on('SIGINT', () => {});
  if (options.encrypted && !leavesNoTraces(options)) world.messages.say(world.words('edit.traces'));
  return openCopyEditor(options)(text);
}

function isStream(sink: Sink): sink is Sink & NodeJS.WritableStream {
  return 'end' in sink;
}
