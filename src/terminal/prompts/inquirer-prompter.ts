import { Problem } from '../../errors.ts';
import type { Prompter, RecordRow, PromptResponse, Screen, Style, Words } from '../../world/world.ts';
import { answerLines } from './answer-lines.ts';
import type { RunPrompt } from '../prompt/prompt-runner.ts';
import type { Edited } from '../editor/external-editor.ts';
import type { PromptState, Settled } from '../prompt/prompt-state.ts';
import { choicePrompt } from '../choice/choice-prompt.ts';
import { pagePrompt } from './page-prompt.ts';
import { scalePrompt } from './scale-prompt.ts';
import { secretPrompt } from './secret-prompt.ts';
import { PromptTerminal, type PromptTerminalOptions } from './prompt-terminal.ts';
import { textPrompt } from './text-prompt.ts';
import { keyLines, latestRows, margin, measureOf, recordLine } from '../prompt/question-lines.ts';
import type { Theme } from '../prompt/question-lines.ts';
import { escapeControlsKeepingStyles } from '../text/escape-controls.ts';
import { wrapHanging } from '../text/wrap.ts';

export interface InquirerPrompterOptions extends PromptTerminalOptions {
  readonly words: Words;
  readonly style: Style;
  /** The help-now text, for Ctrl-G and `help`. */
  readonly help: () => string | Promise<string>;
  /** Opens the person's editor on a text. */
  readonly edit?: (text: string) => Promise<Edited>;
}

type Typing = RunPrompt['typing'];

/**
 * Opens the prompter of a terminal with a cursor. Prompts of our own, registered on inquirer and asked
 * through it; everything that is shown goes to `output`. `close` is synchronous and may be called again from
 * `process.on('exit')`.
 */
export function openInquirerPrompter(options: InquirerPrompterOptions): Prompter {
  const prompter = new InquirerPrompter(options);
  return {
    ask: (screen, typing) => prompter.ask(screen, typing),
    say: text => prompter.say(text),
    record: rows => prompter.record(rows),
    show: text => prompter.show(text),
    close: () => prompter.close(),
  };
}

class InquirerPrompter {
  readonly #terminal: PromptTerminal;
  readonly #voice: Theme;
  readonly #help: InquirerPrompterOptions['help'];
  readonly #edit: InquirerPrompterOptions['edit'];
  #hasHeader = false;
  /** The record of answers stands in one block, a blank line before it. */
  #inRecord = false;

  constructor(options: InquirerPrompterOptions) {
    const { words, style, help, edit } = options;
    this.#terminal = new PromptTerminal(options);
    this.#voice = { words, style };
    this.#help = help;
    this.#edit = edit;
  }

  async ask(screen: Screen, typing: Typing): Promise<PromptResponse> {
    this.#terminal.throwIfEnded();
    if (screen.bare !== true) this.#header();
    let promptState = this.#poseOf(screen);
    const isSecret = screen.kind === 'secret';
    const isTyped = screen.kind === 'text' || screen.kind === 'day' || isSecret;
    for (;;) {
      let settled = await this.#terminal.run(promptState, { isTyped, isSecret, typing });
      while (settled.is === 'help')
        settled = await this.#showPage(await this.#help(), settled.promptState, typing);
      if (settled.is === 'reply') return this.#settle(screen, settled.reply);
      promptState = settled.is === 'left' ? settled.promptState : await this.#editAgain(settled, typing);
    }
  }

  say(text: string): void {
    const lines = wrapHanging(
      escapeControlsKeepingStyles(text),
      measureOf(this.#terminal.size().columns),
      margin,
    );
    this.#terminal.write(`\r\n${lines.join('\r\n')}\r\n`);
    this.#inRecord = false;
  }

  record(rows: readonly RecordRow[]): void {
    this.#header();
    const { columns } = this.#terminal.size();
    const lines = latestRows(rows, this.#voice.words).map(row => recordLine(row, this.#voice, columns));
    this.#terminal.write(`\r\n${lines.map(line => `${line}\r\n`).join('')}`);
    this.#inRecord = true;
  }

  async show(text: string): Promise<void> {
    await this.#showPage(text);
  }

  close(): void {
    this.#terminal.close();
  }

  #header(): void {
    if (this.#hasHeader) return;
    this.#hasHeader = true;
    const { words } = this.#voice;
    const parts = ['skip', 'back', 'help', 'draft'].map(key => words(`terminal.header_keys.${key}`));
    const lines = keyLines(parts, this.#voice, this.#terminal.size().columns);
    this.#terminal.write(`\r\n${lines.join('\r\n')}\r\n`);
  }

  #poseOf(screen: Screen): PromptState {
    const theme = this.#voice;
    if (screen.kind === 'secret') return secretPrompt(screen, theme);
    if (screen.kind === 'scale') return scalePrompt(screen, theme);
    if (screen.kind === 'text' || screen.kind === 'day')
      return textPrompt(screen, theme, { editor: this.#edit !== undefined, oneLine: screen.kind === 'day' });
    return choicePrompt(screen, theme);
  }

  /** Leaves the answer on the screen in place of the question. */
  #settle(screen: Screen, response: PromptResponse): PromptResponse {
    const lines = answerLines(screen, response, this.#voice, this.#terminal.size().columns);
    this.#terminal.frame.finish(this.#inRecord || lines.length === 0 ? lines : ['', ...lines]);
    this.#inRecord ||= lines.length > 0;
    return response;
  }

  /**
   * Shows a page until the person has read it: anything drawn below it at once would push its beginning out
   * of sight. Then the page stays above what comes next.
   */
  async #showPage(page: string, question?: PromptState, typing?: Typing): Promise<Settled> {
    const { frame: region } = this.#terminal;
    region.finish([]);
    const run = (promptState: PromptState): Promise<Settled> =>
      this.#terminal.run(promptState, { isTyped: false, typing });
    let settled = await run(pagePrompt(page, this.#voice, question));
    // A page between two questions comes back after the page with people to reach.
    while (settled.is === 'help') {
      await this.#showPage(await this.#help(), settled.promptState, typing);
      settled = await run(settled.promptState);
    }
    region.finish([]);
    this.say(page);
    return settled;
  }

  /** Opens the person's editor on the text; gives the question with the edited text, or with a notice. */
  async #editAgain(step: Extract<Settled, { is: 'edit' }>, typing: Typing): Promise<PromptState> {
    const { words } = this.#voice;
    this.#terminal.frame.finish([]);
    if (!this.#edit) return step.back(step.text);
    let edited: Edited;
    try {
      edited = await this.#edit(step.text);
    } catch (error) {
      // There may be no place for the text, or the folder has gone: the typed text stays, and so does the
      // question.
      if (!(error instanceof Problem)) throw error;
      return step.back(step.text, words(`${error.key}.says`, error.params));
    }
    if (edited.is === 'refused') return step.back(step.text, words(`terminal.${edited.key}`, edited.params));
    // The draft gets the text before the editor's file goes: a signal may have come meanwhile.
    typing?.(edited.text);
    edited.done();
    return step.back(edited.text);
  }
}
