import { Cancelled, Problem } from '../../errors.ts';
import type { Ending } from '../../errors.ts';
import type { Prompter, PromptResponse, Screen, Style, Words } from '../../world/world.ts';
import { openCleanInput } from '../input/clean-input.ts';
import type { RunPrompt, openPromptRunner } from '../prompt/prompt-runner.ts';
import { bufferInput } from '../input/input-buffer.ts';
import type { TerminalInput } from '../input/input-buffer.ts';
import type { Edited } from '../editor/external-editor.ts';
import { openScreenRegion } from '../prompt/screen-region.ts';
import type { ScreenSize } from '../prompt/screen-region.ts';
import type { PromptState, Settled } from '../prompt/prompt-state.ts';
import { choicePrompt } from '../choice/choice-prompt.ts';
import { pagePrompt } from './page-prompt.ts';
import { scalePrompt } from './scale-prompt.ts';
import { secretPrompt } from './secret-prompt.ts';
import { textPrompt } from './text-prompt.ts';
import {
  isRecorded,
  keyLines,
  latestRows,
  margin,
  measureOf,
  recordLine,
  shrunkLine,
} from '../prompt/question-lines.ts';
import { escapeControls, escapeControlsKeepingStyles } from '../text/escape-controls.ts';
import { cutTo } from '../text/width.ts';
import { wrapHanging } from '../text/wrap.ts';

export interface InquirerPrompterOptions {
  /** Standard input: a terminal. */
  readonly input: TerminalInput;
  /** Standard error: a terminal. */
  readonly output: NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };
  readonly words: Words;
  readonly style: Style;
  /** The help-now text, for Ctrl-G and `help`. */
  readonly help: () => string | Promise<string>;
  /** Called once, when the first question stands there: loads what may be needed later. Never fails. */
  readonly preload?: () => Promise<void>;
  readonly ended: AbortSignal;
  /** Stops the process group (Ctrl-Z) and calls back once when it goes on. Without it Ctrl-Z does nothing. */
  readonly suspend?: (resumed: () => void) => void;
  /** Opens the person's editor on a text. */
  readonly edit?: (text: string) => Promise<Edited>;
}

/** What kind of question has the keys. */
interface Asked {
  /** Whether letters are its answer. */
  readonly isTyped: boolean;
  /** Whether they are not shown: then nothing that was typed before it is any of it. */
  readonly isSecret?: boolean;
}

const pasteOn = '\u001b[?2004h';
const pasteOff = '\u001b[?2004l';

/**
 * Opens the prompter of a terminal with a cursor. Prompts of our own, registered on inquirer and asked
 * through it; all that is shown goes to `output`. `close` is synchronous and may be called again from
 * `process.on('exit')`.
 */
export function openInquirerPrompter({
  input,
  output,
  words,
  style,
  help,
  preload,
  ended,
  suspend,
  edit,
}: InquirerPrompterOptions): Prompter {
  const theme = { words, style };
  const gone = new AbortController();
  const endedOrGone = AbortSignal.any([ended, gone.signal]);
  let isPasteOn = false;
  let hasHeader = false;
  // The record of answers stands in one block, a blank line before it.
  let inRecord = false;

  const write = (text: string): void => {
    output.write(text);
  };
  const size = (): ScreenSize => ({ columns: output.columns || 80, rows: output.rows || 24 });
  const region = openScreenRegion(write);
  const typed = openCleanInput(input, { keys: true });
  let driver: ReturnType<typeof openPromptRunner> | undefined;

  // A terminal that is closed shows as an end or an error of the input; without a listener the error ends
  // Node at once.
  const onGone = (): void => gone.abort('SIGHUP');
  for (const event of ['end', 'close', 'error']) input.on(event, onGone);
  output.on('error', onGone);

  const paste = (on: boolean): void => {
    if (isPasteOn !== on) write(on ? pasteOn : pasteOff);
    isPasteOn = on;
  };
  const onResize = (changed: () => void): (() => void) => {
    output.on('resize', changed);
    return () => output.removeListener('resize', changed);
  };
  const stop = (resumed: () => void): void => {
    if (!suspend) return resumed();
    paste(false);
    input.setRawMode?.(false);
    suspend(() => {
      // Ended meanwhile: the terminal is the shell's again.
      if (endedOrGone.aborted) return;
      input.setRawMode?.(true);
      paste(true);
      resumed();
    });
  };
  const say = (text: string): void => {
    const lines = wrapHanging(escapeControlsKeepingStyles(text), measureOf(size().columns), margin);
    write(`\r\n${lines.join('\r\n')}\r\n`);
    inRecord = false;
  };
  const header = (): void => {
    if (hasHeader) return;
    hasHeader = true;
    const parts = ['skip', 'back', 'help', 'draft'].map(key => words(`terminal.header_keys.${key}`));
    write(`\r\n${keyLines(parts, theme, size().columns).join('\r\n')}\r\n`);
  };
  const poseOf = (screen: Screen): PromptState => {
    if (screen.kind === 'secret') return secretPrompt(screen, theme);
    if (screen.kind === 'scale') return scalePrompt(screen, theme);
    if (screen.kind === 'text' || screen.kind === 'day')
      return textPrompt(screen, theme, { editor: edit !== undefined, oneLine: screen.kind === 'day' });
    return choicePrompt(screen, theme);
  };
  const run = async (
    promptState: PromptState,
    asked: Asked,
    typing: RunPrompt['typing'],
  ): Promise<Settled> => {
    const { isTyped, isSecret = false } = asked;
    const held = bufferInput(typed, { keepsLetters: driver !== undefined && !isSecret });
    try {
      paste(true);
      await held.emptied();
      // The question stands there before what asks it is loaded, which takes as long again as all before it.
      const shown = size();
      region.draw(promptState.view(shown));
      if (driver === undefined) {
        driver = (await import('../prompt/prompt-runner.ts')).openPromptRunner({
          input: typed,
          signal: endedOrGone,
        });
        await preload?.();
      }
      return await driver({
        promptState,
        isTyped,
        region,
        shown,
        held: held.release,
        size,
        onResize,
        suspend: stop,
        typing,
      });
    } catch (error) {
      region.leave();
      throw new Cancelled(endingOf(error, endedOrGone));
    } finally {
      held.close();
      paste(false);
    }
  };
  /** Says below an answer where words are kept that were typed at the list. */
  const keptLine = ({ wordsTo = '' }: Screen, loose: string): string => {
    const key = wordsTo === '' ? 'terminal.words_kept' : 'terminal.words_kept_for';
    const said = words(key, {
      label: escapeControls(wordsTo),
      words: escapeControls(loose.replace(/\s+/g, ' ').trim()),
    });
    return style.faint(cutTo(`${margin}${said}`, measureOf(size().columns)));
  };
  const settle = (screen: Screen, response: PromptResponse): PromptResponse => {
    const answer = response.is === 'answer' ? response.answer : undefined;
    const isAnswered = response.is === 'answer' || response.is === 'skip';
    const isSaid = screen.kind !== 'secret' && isAnswered && !isRecorded(screen, answer);
    const record = isSaid ? [shrunkLine(screen, answer, theme, size().columns)] : [];
    if (response.is !== 'back' && response.words !== undefined) record.push(keptLine(screen, response.words));
    region.finish(inRecord || record.length === 0 ? record : ['', ...record]);
    inRecord ||= record.length > 0;
    return response;
  };
  /**
   * Shows a page until the person has read it: what is drawn at once below it would push its beginning out of
   * sight. Then it stays above what comes.
   */
  const showPage = async (
    page: string,
    question?: PromptState,
    typing?: RunPrompt['typing'],
  ): Promise<Settled> => {
    region.finish([]);
    let settled = await run(pagePrompt(page, theme, question), { isTyped: false }, typing);
    // A page between two questions comes back after the page with people to reach.
    while (settled.is === 'help') {
      await showPage(await help(), settled.promptState, typing);
      settled = await run(settled.promptState, { isTyped: false }, typing);
    }
    region.finish([]);
    say(page);
    return settled;
  };
  const editAgain = async (
    step: Extract<Settled, { is: 'edit' }>,
    typing: RunPrompt['typing'],
  ): Promise<PromptState> => {
    region.finish([]);
    if (!edit) return step.back(step.text);
    let edited: Edited;
    try {
      edited = await edit(step.text);
    } catch (error) {
      // Where the text may lie nowhere, or the folder has gone: what is typed stays, and so does the
      // question.
      if (!(error instanceof Problem)) throw error;
      return step.back(step.text, words(`${error.key}.says`, error.params));
    }
    if (edited.is === 'refused') return step.back(step.text, words(`terminal.${edited.key}`, edited.params));
    // The draft has the text before its file goes: a signal may have come meanwhile.
    typing?.(edited.text);
    edited.done();
    return step.back(edited.text);
  };

  return {
    ask: async (screen, typing) => {
      if (endedOrGone.aborted) throw new Cancelled(endingOf(undefined, endedOrGone));
      if (screen.bare !== true) header();
      let promptState = poseOf(screen);
      const isSecret = screen.kind === 'secret';
      const isTyped = screen.kind === 'text' || screen.kind === 'day' || isSecret;
      for (;;) {
        let settled = await run(promptState, { isTyped, isSecret }, typing);
        while (settled.is === 'help') settled = await showPage(await help(), settled.promptState, typing);
        if (settled.is === 'reply') return settle(screen, settled.reply);
        promptState = settled.is === 'left' ? settled.promptState : await editAgain(settled, typing);
      }
    },
    say,
    record: rows => {
      header();
      const lines = latestRows(rows, words).map(row => recordLine(row, theme, size().columns));
      write(`\r\n${lines.map(line => `${line}\r\n`).join('')}`);
      inRecord = true;
    },
    show: async text => void (await showPage(text)),
    close: () => {
      region.leave();
      paste(false);
      for (const event of ['end', 'close']) input.removeListener(event, onGone);
      input.pause();
    },
  };
}

function endingOf(error: unknown, signal: AbortSignal): Ending {
  const reason: unknown = signal.reason;
  if (signal.aborted && (reason === 'SIGTERM' || reason === 'SIGHUP')) return reason;
  if (!signal.aborted && error instanceof Error && error.name !== 'ExitPromptError') throw error;
  return 'SIGINT';
}
