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
 * Opens the prompter for a terminal with a cursor. Its prompts are our own, registered on inquirer and asked
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
  readonly #theme: Theme;
  readonly #help: InquirerPrompterOptions['help'];
  readonly #edit: InquirerPrompterOptions['edit'];
  #hasHeader = false;
  /**
   * True while the last lines written are record lines: the record is one block with a blank line before it.
   */
  #inRecord = false;

  constructor(options: InquirerPrompterOptions) {
    const { words, style, help, edit } = options;
    this.#terminal = new PromptTerminal(options);
    this.#theme = { words, style };
    this.#help = help;
    this.#edit = edit;
  }

  async ask(screen: Screen, typing: Typing): Promise<PromptResponse> {
    this.#terminal.throwIfEnded();
    if (screen.bare !== true) this.#header();
    let promptState = this.#promptStateFor(screen);
    const isSecret = screen.kind === 'secret';
    const isTyped = screen.kind === 'text' || screen.kind === 'day' || isSecret;
    for (;;) {
      let settled = await this.#terminal.run(promptState, { isTyped, isSecret, typing });
      while (settled.is === 'help')
        settled = await this.#showPage(await this.#help(), settled.promptState, typing);
      if (settled.is === 'reply') return this.#settle(screen, settled.reply);
      promptState = settled.is === 'closed' ? settled.promptState : await this.#editAgain(settled, typing);
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
    const lines = latestRows(rows, this.#theme.words).map(row => recordLine(row, this.#theme, columns));
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
    const { words } = this.#theme;
    const parts = ['skip', 'back', 'help', 'draft'].map(key => words(`terminal.header_keys.${key}`));
    const lines = keyLines(parts, this.#theme, this.#terminal.size().columns);
    this.#terminal.write(`\r\n${lines.join('\r\n')}\r\n`);
  }

  #promptStateFor(screen: Screen): PromptState {
    const theme = this.#theme;
    if (screen.kind === 'secret') return secretPrompt(screen, theme);
    if (screen.kind === 'scale') return scalePrompt(screen, theme);
    if (screen.kind === 'text' || screen.kind === 'day')
      return textPrompt(screen, theme, { editor: this.#edit !== undefined, oneLine: screen.kind === 'day' });
    return choicePrompt(screen, theme);
  }

  /** Replaces the question on the screen by its answer. */
  #settle(screen: Screen, response: PromptResponse): PromptResponse {
    const lines = answerLines(screen, response, this.#theme, this.#terminal.size().columns);
    this.#terminal.region.finish(this.#inRecord || lines.length === 0 ? lines : ['', ...lines]);
    this.#inRecord ||= lines.length > 0;
    return response;
  }

  /**
   * Shows a page until the person has read it: anything drawn below it earlier would scroll its beginning out
   * of sight. Then the page stays above what comes next.
   */
  async #showPage(page: string, question?: PromptState, typing?: Typing): Promise<Settled> {
    const { region } = this.#terminal;
    region.finish([]);
    const run = (promptState: PromptState): Promise<Settled> =>
      this.#terminal.run(promptState, { isTyped: false, typing });
    let settled = await run(pagePrompt(page, this.#theme, question));
    // A page between two questions comes back after the page with people to reach.
    while (settled.is === 'help') {
      await this.#showPage(await this.#help(), settled.promptState, typing);
      settled = await run(settled.promptState);
    }
    region.finish([]);
    this.say(page);
    return settled;
  }

  /**
   * Opens the person's editor on the text. Returns the question with the edited text, or with a notice that
   * says why there is none.
   */
  async #editAgain(step: Extract<Settled, { is: 'edit' }>, typing: Typing): Promise<PromptState> {
    const { words } = this.#theme;
    this.#terminal.region.finish([]);
    if (!this.#edit) return step.back(step.text);
    let edited: Edited;
    try {
      edited = await this.#edit(step.text);
    } catch (error) {
      // If there is no folder for the text, or it is gone, the question stays with the typed text.
      if (!(error instanceof Problem)) throw error;
      return step.back(step.text, words(`${error.key}.says`, error.params));
    }
    if (edited.is === 'refused') return step.back(step.text, words(`terminal.${edited.key}`, edited.params));
    // Save the text to the draft before the editor's file is removed: a signal may end the run in between.
    typing?.(edited.text);
    edited.done();
    return step.back(edited.text);
  }
}
