import { Cancelled, Exit, Problem, type Params } from '../../errors.ts';
import type { PromptResponse, Screen, Words } from '../../world/world.ts';
import { openCleanInput } from '../input/clean-input.ts';
import type { HidingInput } from '../input/read-hidden-line.ts';
import { givenOf, questionLines } from './line-question.ts';
import { openLines, type Line, type LineReader } from './line-reader.ts';
import type { LineInput } from './line-words.ts';
import { escapeControls, escapeControlsKeepingStyles } from '../text/escape-controls.ts';
import type { Sink } from '../output/sink.ts';
import { wrapHanging } from '../text/wrap.ts';

export interface LineExchangeOptions {
  readonly input: HidingInput;
  readonly output: Sink;
  readonly words: Words;
  readonly help: () => string | Promise<string>;
  readonly ended: AbortSignal;
  /** True for a person at a terminal: then a prompt mark is printed before each line. */
  readonly isTerminal: boolean;
  /** Columns. */
  readonly width: number;
}

/** Milliseconds within which the SIGHUP of a closed terminal follows the end of its input. */
const hangupMs = 30;

/**
 * Prints and reads lines, for a screen reader, a dumb terminal or a pipe. At a terminal, a line that answers
 * nothing repeats the question. In a pipe the following lines would answer the wrong questions, so the run
 * stops with a Problem (exit 2) that names the line.
 */
export class LineExchange {
  readonly words: Words;
  readonly isTerminal: boolean;
  /** The input without the reports and replies that the terminal itself sends. */
  readonly source: HidingInput;
  readonly lines: LineReader;
  readonly #options: LineExchangeOptions;
  /** The number of the last line read, counted from 1. */
  #lineNumber = 0;
  /** True once the run has stopped: then `close` does not report unread lines. */
  #isOver = false;

  constructor(options: LineExchangeOptions) {
    const { input, words, ended, isTerminal } = options;
    this.#options = options;
    this.words = words;
    this.isTerminal = isTerminal;
    // Filters out terminal replies, and arrow keys, which are not part of a line's words.
    this.source = isTerminal ? openCleanInput(input, { keys: false }) : input;
    this.lines = openLines(this.source, ended);
  }

  print(text: readonly string[]): void {
    this.#options.output.write(text.map(line => `${line}\n`).join(''));
  }

  say(text: string): void {
    this.print(['', ...wrapHanging(escapeControlsKeepingStyles(text), this.#options.width)]);
  }

  /** Prints a message that has a key under `terminal.plain`. */
  printMessage(key: string, params: Params = {}): void {
    this.#printPlain(this.words(`terminal.plain.${key}`, params));
  }

  printQuestion(screen: Screen): void {
    this.print(questionLines(screen, this.words, this.#options.width));
  }

  /** Prints the prompt mark (`> `), on a terminal only. */
  mark(): void {
    if (this.isTerminal) this.#options.output.write('> ');
  }

  /** Prints why a line does not answer the question. Throws a Problem (exit 2) when the input is a pipe. */
  refuse(screen: Screen, why: string): void {
    if (!this.isTerminal) this.#stop('terminal.input-not-understood', { question: screen.words, why });
    this.#printPlain(why);
  }

  /** Like `refuse`, with a reason that has a key under `terminal.plain`. */
  refuseBy(screen: Screen, key: string, params: Params = {}): void {
    this.refuse(screen, this.words(`terminal.plain.${key}`, params));
  }

  /**
   * Prints the page with people to reach. Returns `again`, since the question has to be asked again after it.
   */
  async showHelp(): Promise<'again'> {
    this.say(await this.#options.help());
    return 'again';
  }

  /** Reads a line and handles the commands that every question has (`:back`, `:done`, `:skip`, `:help`). */
  async readInput(screen: Screen): Promise<LineInput> {
    const line = await this.#nextLine();
    if (!line) return { is: 'end' };
    if (!line.ok) {
      if (!this.isTerminal) this.#stop('terminal.input-not-utf8', {});
      this.printMessage('not_utf8');
      return { is: 'again' };
    }
    switch (line.text.trim()) {
      case '':
        return { is: 'empty' };
      case ':back':
        if (screen.canGoBack) return { is: 'back' };
        this.refuseBy(screen, 'no_back');
        return { is: 'again' };
      case ':done':
        return { is: 'finish' };
      case ':skip':
        if (screen.skippable) return { is: 'skip' };
        this.refuse(screen, this.words('terminal.needs_answer'));
        return { is: 'again' };
      case ':help':
        return { is: await this.showHelp() };
      default:
        return { is: 'line', text: line.text };
    }
  }

  /**
   * Returns the response to an empty line: the given answer if there is one, else a skip; `again` if the
   * question must be answered.
   */
  whenEmpty(screen: Screen): PromptResponse | 'again' {
    const given = givenOf(screen);
    if (given !== undefined) return { is: 'answer', answer: given };
    if (screen.skippable) return { is: 'skip' };
    this.refuse(screen, this.words('terminal.needs_answer'));
    return 'again';
  }

  /** Stops reading the input, and prints the number of the first unread line of a pipe. */
  close(): void {
    const isQuiet = this.isTerminal || this.#isOver || this.#options.ended.aborted;
    const unread = isQuiet ? undefined : this.lines.firstUnread();
    this.lines.close();
    this.#isOver = true;
    if (unread !== undefined) this.say(this.words('terminal.input_left', { line: unread }));
  }

  #printPlain(text: string): void {
    this.print(wrapHanging(escapeControls(text), this.#options.width));
  }

  #stop(key: string, params: Params): never {
    this.#isOver = true;
    const then = this.words(`${key}.then`);
    throw new Problem(key, { line: this.#lineNumber, then, ...params }, { exit: Exit.misused });
  }

  async #nextLine(): Promise<Line | undefined> {
    const { ended } = this.#options;
    try {
      this.mark();
      let line = await this.lines.next();
      if (line === undefined && this.isTerminal) {
        // A closed terminal ends the input too; its SIGHUP comes a moment later.
        await new Promise(resolve => setTimeout(resolve, hangupMs));
        line = await this.lines.next();
      }
      this.#lineNumber = line?.number ?? this.#lineNumber;
      return line;
    } catch {
      // The input fails when its terminal is closed.
      if (!ended.aborted) throw new Cancelled('SIGHUP');
      // Start a new line, so that the message about the draft does not follow half-typed words.
      if (this.isTerminal && ended.reason !== 'SIGHUP') this.print(['']);
      throw new Cancelled(ended.reason === 'SIGTERM' || ended.reason === 'SIGHUP' ? ended.reason : 'SIGINT');
    }
  }
}
