import { Cancelled, Exit, Problem, type Params } from '../../errors.ts';
import type { PromptResponse, Screen, Words } from '../../world/world.ts';
import { openCleanInput } from '../input/clean-input.ts';
import type { HidingInput } from '../input/read-hidden-line.ts';
import { givenOf, questionLines } from './line-question.ts';
import { openLines, type Line, type LineReader } from './line-reader.ts';
import type { Heard } from './line-words.ts';
import { escapeControls, escapeControlsKeepingStyles } from '../text/escape-controls.ts';
import type { Sink } from '../output/sink.ts';
import { wrapHanging } from '../text/wrap.ts';

export interface LineExchangeOptions {
  readonly input: HidingInput;
  readonly output: Sink;
  readonly words: Words;
  readonly help: () => string | Promise<string>;
  readonly ended: AbortSignal;
  /** True when a person types: then there is a mark to type after. */
  readonly isTerminal: boolean;
  /** Columns. */
  readonly width: number;
}

/** How long a closed terminal's SIGHUP may come after the end of its input, in milliseconds. */
const hangupMs = 30;

/**
 * Prints lines and reads lines, for a screen reader, a dumb terminal or a pipe. A person at a terminal is
 * asked again where a line answers nothing; in a pipe the next lines would answer other questions, so a
 * Problem (exit 2) names the line and the run stops.
 */
export class LineExchange {
  readonly words: Words;
  readonly isTerminal: boolean;
  /** The input without what a terminal sends by itself. */
  readonly source: HidingInput;
  readonly lines: LineReader;
  readonly #options: LineExchangeOptions;
  /** The number of the line that was read last. */
  #at = 0;
  /** True when the run has stopped: nothing is said about unread lines. */
  #isOver = false;

  constructor(options: LineExchangeOptions) {
    const { input, words, ended, isTerminal } = options;
    this.#options = options;
    this.words = words;
    this.isTerminal = isTerminal;
    // A terminal sends replies by itself, and arrow keys are no words of a line.
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
  tell(key: string, params: Params = {}): void {
    this.#printPlain(this.words(`terminal.plain.${key}`, params));
  }

  printQuestion(screen: Screen): void {
    this.print(questionLines(screen, this.words, this.#options.width));
  }

  /** Prints the mark that a person types after. */
  mark(): void {
    if (this.isTerminal) this.#options.output.write('> ');
  }

  /** Says why a line is no answer; in a pipe throws a Problem. */
  refuse(screen: Screen, why: string): void {
    if (!this.isTerminal) this.#stop('terminal.input-not-understood', { question: screen.words, why });
    this.#printPlain(why);
  }

  /** The same, with a reason that has a key under `terminal.plain`. */
  refuseBy(screen: Screen, key: string, params: Params = {}): void {
    this.refuse(screen, this.words(`terminal.plain.${key}`, params));
  }

  /** Shows people to reach; the question is asked again after that. */
  async showHelp(): Promise<'again'> {
    this.say(await this.#options.help());
    return 'again';
  }

  /** Reads a line and handles what means the same at every question. */
  async hear(screen: Screen): Promise<Heard> {
    const line = await this.#nextLine();
    if (!line) return { is: 'end' };
    if (!line.ok) {
      if (!this.isTerminal) this.#stop('terminal.input-not-utf8', {});
      this.tell('not_utf8');
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

  /** What an empty line means: the given answer stays, or the question is skipped, or it is asked again. */
  whenEmpty(screen: Screen): PromptResponse | 'again' {
    const given = givenOf(screen);
    if (given !== undefined) return { is: 'answer', answer: given };
    if (screen.skippable) return { is: 'skip' };
    this.refuse(screen, this.words('terminal.needs_answer'));
    return 'again';
  }

  /** Lets go of the input, and names the first line in a pipe that was not read. */
  close(): void {
    const isQuiet = this.isTerminal || this.#isOver || this.#options.ended.aborted;
    const left = isQuiet ? undefined : this.lines.firstUnread();
    this.lines.close();
    this.#isOver = true;
    if (left !== undefined) this.say(this.words('terminal.input_left', { line: left }));
  }

  #printPlain(text: string): void {
    this.print(wrapHanging(escapeControls(text), this.#options.width));
  }

  #stop(key: string, params: Params): never {
    this.#isOver = true;
    const then = this.words(`${key}.then`);
    throw new Problem(key, { line: this.#at, then, ...params }, { exit: Exit.misused });
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
      this.#at = line?.number ?? this.#at;
      return line;
    } catch {
      // The input fails when its terminal is closed.
      if (!ended.aborted) throw new Cancelled('SIGHUP');
      // The message about the draft stands on a line of its own, not behind half-typed words.
      if (this.isTerminal && ended.reason !== 'SIGHUP') this.print(['']);
      throw new Cancelled(ended.reason === 'SIGTERM' || ended.reason === 'SIGHUP' ? ended.reason : 'SIGINT');
    }
  }
}
