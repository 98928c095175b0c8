import { withoutOuterLineEnds } from '../../core/text/line-ends.ts';
import { Cancelled, Exit, Problem, type Params } from '../../errors.ts';
import type { Prompter, RecordRow, PromptResponse, Screen, Words } from '../../world/world.ts';
import { hasLetters } from '../../core/notes/answer.ts';
import { joinPartialList } from '../../core/template/partial-list.ts';
import { givenWords } from '../choice/choice-items.ts';
import { asksForHelp } from '../prompt/common-keys.ts';
import { readHidden, type HidingInput } from '../input/read-hidden-line.ts';
import { readAnswer } from './line-answer.ts';
import { givenOf, questionLines } from './line-question.ts';
import { openCleanInput } from '../input/clean-input.ts';
import { openLines } from './line-reader.ts';
import { keptWords, withWords, type Heard } from './line-words.ts';
import { latestRows } from '../prompt/question-lines.ts';
import { escapeControls, escapeControlsKeepingStyles } from '../text/escape-controls.ts';
import type { Sink } from '../output/sink.ts';
import { cutTo } from '../text/width.ts';
import { wrapHanging } from '../text/wrap.ts';

export interface LinePrompterOptions {
  readonly input: HidingInput;
  readonly output: Sink;
  readonly words: Words;
  readonly help: () => string | Promise<string>;
  /** Called once, when the first question stands there: loads what may be needed later. Never fails. */
  readonly preload?: () => Promise<void>;
  readonly ended: AbortSignal;
  /** True when a person types: then there is a mark to type after. */
  readonly isTerminal: boolean;
  /** Columns. */
  readonly width: number;
}

const hangupMs = 30;
/** On a terminal an empty line waits so long: when more follows at once it was part of a paste. */
const pasteMs = 25;

/**
 * Opens the prompter for screen readers, dumb terminals and pipes: questions are lines, options are numbered,
 * nothing moves or is written twice. The end of the input means "finish here". A person at a terminal is
 * asked again where a line answers nothing; in a pipe the lines behind it would answer other questions, so a
 * Problem (exit 2) names it and the run stops.
 */
export function openLinePrompter({
  input,
  output,
  words,
  help,
  preload,
  ended,
  isTerminal,
  width,
}: LinePrompterOptions): Prompter {
  // A terminal says things by itself, and arrows are no words of a line.
  const source = isTerminal ? openCleanInput(input, { keys: false }) : input;
  const lines = openLines(source, ended);
  let hasHeader = false;
  let isReady = preload === undefined;

  const print = (text: readonly string[]): void => {
    output.write(text.map(line => `${line}\n`).join(''));
  };
  const say = (text: string): void => print(['', ...wrapHanging(escapeControlsKeepingStyles(text), width)]);
  const tell = (key: string, params: Params = {}): void =>
    print(wrapHanging(escapeControls(words(`terminal.plain.${key}`, params)), width));
  /** The number of the line that was read last. */
  let at = 0;
  let isOver = false;
  const stop = (key: string, params: Params): never => {
    isOver = true;
    throw new Problem(key, { line: at, then: words(`${key}.then`), ...params }, { exit: Exit.misused });
  };
  const refuse = (screen: Screen, why: string): void => {
    if (!isTerminal) stop('terminal.input-not-understood', { question: screen.words, why });
    print(wrapHanging(escapeControls(why), width));
  };
  const refuseBy = (screen: Screen, key: string, params: Params = {}): void =>
    refuse(screen, words(`terminal.plain.${key}`, params));
  const mark = (): void => {
    if (isTerminal) output.write('> ');
  };
  const nextLine = async () => {
    try {
      mark();
      let line = await lines.next();
      if (line === undefined && isTerminal) {
        // A closed terminal ends the input too; its SIGHUP comes a moment later.
        await new Promise(resolve => setTimeout(resolve, hangupMs));
        line = await lines.next();
      }
      at = line?.number ?? at;
      return line;
    } catch {
      // The input fails when its terminal is closed.
      if (!ended.aborted) throw new Cancelled('SIGHUP');
      // What is said of the draft stands on a line of its own, not behind what was half typed.
      if (isTerminal && ended.reason !== 'SIGHUP') print(['']);
      throw new Cancelled(ended.reason === 'SIGTERM' || ended.reason === 'SIGHUP' ? ended.reason : 'SIGINT');
    }
  };

  /** Reads a line and takes out what means the same everywhere. */
  const hear = async (screen: Screen): Promise<Heard> => {
    const line = await nextLine();
    if (!line) return { is: 'end' };
    if (!line.ok) {
      if (!isTerminal) stop('terminal.input-not-utf8', {});
      tell('not_utf8');
      return { is: 'again' };
    }
    switch (line.text.trim()) {
      case '':
        return { is: 'empty' };
      case ':back':
        if (screen.canGoBack) return { is: 'back' };
        refuseBy(screen, 'no_back');
        return { is: 'again' };
      case ':done':
        return { is: 'finish' };
      case ':skip':
        if (screen.skippable) return { is: 'skip' };
        refuse(screen, words('terminal.needs_answer'));
        return { is: 'again' };
      case ':help':
        say(await help());
        return { is: 'again' };
      default:
        return { is: 'line', text: line.text };
    }
  };

  /** Shows people to reach; the question comes again. */
  const showHelp = async (): Promise<'again'> => {
    say(await help());
    return 'again';
  };

  const askText = async (
    screen: Screen,
    typing?: (text: string) => void,
  ): Promise<PromptResponse | 'again'> => {
    const typed: string[] = [];
    for (;;) {
      const heard = await hear(screen).catch((error: unknown) => {
        if (typed.length > 0) typing?.(typed.join('\n'));
        throw error;
      });
      if (heard.is === 'line') {
        typed.push(heard.text);
        // Of what was pasted, all at once.
        if (!isTerminal || (await lines.more(pasteMs))) continue;
        if (typed.length === 1 && asksForHelp(heard.text, words)) return showHelp();
        typing?.(typed.join('\n'));
        continue;
      }
      if (heard.is === 'again') {
        // What was typed stands above; the question is put again only when nothing was.
        if (typed.length > 0) continue;
        return 'again';
      }
      if (heard.is === 'empty' && isTerminal && (await lines.more(pasteMs))) {
        typed.push('');
        continue;
      }
      const text = withoutOuterLineEnds(typed.join('\n'));
      if (asksForHelp(text, words)) return showHelp();
      if (text !== '')
        return heard.is === 'back' ? { is: 'back', typed: text } : { is: 'answer', answer: text };
      if (heard.is === 'empty') return whenEmpty(screen);
      return heard.is === 'end' ? { is: 'finish' } : heard;
    }
  };

  const askOther = async (
    screen: Screen,
    loose: string[],
    typing?: (text: string) => void,
  ): Promise<PromptResponse | 'again'> => {
    const heard = await hear(screen);
    if (heard.is === 'again') return 'again';
    if (heard.is === 'end') return { is: 'finish' };
    if (heard.is === 'empty') return whenEmpty(screen);
    if (heard.is !== 'line') return heard;
    if (asksForHelp(heard.text, words)) return showHelp();
    const read = readAnswer(screen, heard.text, words);
    if (read.is === 'answer') return read;
    if (read.is === 'wrong') {
      // It is no answer, and stays in the draft. A wrong number is no word of anybody's.
      const hasWords = hasLetters(heard.text);
      if (hasWords && screen.wordsTo !== undefined) loose.push(heard.text.trim());
      const left = hasWords && loose.length > 0 ? loose.join('\n') : heard.text;
      if (isTerminal || hasWords) typing?.(joinPartialList({ picks: [], words: left }, screen.options));
      refuseBy(screen, read.key, read.params);
      if (hasWords && screen.wordsTo !== undefined) tell(...keptWords(screen, screen.wordsTo));
      return 'again';
    }
    // Words that were typed before the number are the person's own.
    if (loose.length > 0) return { is: 'answer', answer: read.withWords(loose.splice(0).join(' ')) };
    tell('own');
    const hearOwn = async (): Promise<Heard> => {
      const own = await hear({ ...screen, canGoBack: true, skippable: true });
      return own.is === 'line' && asksForHelp(own.text, words) ? { is: await showHelp() } : own;
    };
    let own: Heard = { is: 'again' };
    while (own.is === 'again') own = await hearOwn();
    if (own.is === 'back') return 'again';
    return { is: 'answer', answer: read.withWords(own.is === 'line' ? own.text : '') };
  };

  const askSecret = async (screen: Screen): Promise<PromptResponse> => {
    const giveBack = lines.lend();
    try {
      const typed = await readHidden(source, ended, () => {
        print(questionLines(screen, words, width));
        mark();
      });
      if (typed === undefined) return { is: 'finish' };
      return typed === '' ? { is: 'skip' } : { is: 'answer', answer: typed };
    } finally {
      print(['']);
      giveBack();
    }
  };

  const whenEmpty = (screen: Screen): PromptResponse | 'again' => {
    const given = givenOf(screen);
    if (given !== undefined) return { is: 'answer', answer: given };
    if (screen.skippable) return { is: 'skip' };
    refuse(screen, words('terminal.needs_answer'));
    return 'again';
  };

  const header = (): void => {
    if (!hasHeader) say(words('terminal.header_plain'));
    hasHeader = true;
  };

  return {
    ask: async (screen, typing) => {
      if (screen.bare === true) hasHeader = true;
      else header();
      if (screen.kind === 'secret') return askSecret(screen);
      // Typed here in a run before.
      const before = screen.kind === 'text' || screen.wordsTo === undefined ? '' : givenWords(screen);
      const loose = before === '' ? [] : [before];
      for (;;) {
        print(questionLines(screen, words, width));
        if (!isReady) await preload?.();
        isReady = true;
        const isText = screen.kind === 'text';
        const asked = isText ? askText(screen, typing) : askOther(screen, loose, typing);
        const response = withWords(await asked, loose);
        if (response !== 'again') return response;
      }
    },
    say,
    record: rows => {
      header();
      const line = ({ label, value }: RecordRow): string => (value === '' ? label : `${label}: ${value}`);
      const record = latestRows(rows, words).map(row =>
        escapeControls(line(row)).replace(/\s+/g, ' ').trim(),
      );
      print(['', ...record.map(text => cutTo(text, width))]);
    },
    refuse,
    close: () => {
      const left = isTerminal || isOver || ended.aborted ? undefined : lines.firstUnread();
      lines.close();
      isOver = true;
      if (left !== undefined) say(words('terminal.input_left', { line: left }));
    },
  };
}
