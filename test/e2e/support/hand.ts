import type { Pty } from '../../support/pty.ts';

export const keys = {
  enter: '\r',
  down: '\u001b[B',
  tab: '\t',
  shiftTab: '\u001b[Z',
  escape: '\u001b',
  ctrlC: '\u0003',
  ctrlD: '\u0004',
  ctrlG: '\u0007',
  paste: (text: string): string => `\u001b[200~${text}\u001b[201~`,
} as const;

/** A timeout in milliseconds, long enough for a busy machine. */
export const patience = 20_000;

export const questions = {
  start: 'OK to start?',
  sit: 'How did it go with your therapist?',
  what: 'What happened? Start with what was said or done.',
  kinds: 'Which of these come closest?',
  feelings: 'What did you feel?',
  size: 'How big does it feel right now?',
  next: 'What would you like to do with it?',
  line: 'If you could say one sentence to them, what would it be?',
  keep: 'Keep it?',
} as const;

/** A person at a terminal: waits for the screen before each key, and never relies on time. */
export interface Hand {
  readonly sees: (expected: string | RegExp) => Promise<string>;
  readonly press: (key: string) => void;
  /** Moves down to the option and chooses it. */
  readonly choose: (question: string, label: string) => Promise<void>;
  /** Moves the focus to the option. */
  readonly point: (question: string, label: string) => Promise<void>;
  /** Ticks the option and continues. */
  readonly tick: (question: string, label: string) => Promise<void>;
  /** Types lines, and ends the answer. */
  readonly write: (question: string, ...lines: readonly string[]) => Promise<void>;
  readonly scale: (question: string, number: number) => Promise<void>;
}

export function openHand(pty: Pty): Hand {
  const sees = (expected: string | RegExp): Promise<string> => pty.waitFor(expected, patience);
  const point: Hand['point'] = async (question, label) => {
    let seen = await pty.waitUntil(
      screen => screen.includes(question) && focused(screen) !== undefined,
      `${question} with its options`,
      patience,
    );
    for (let steps = 0; !(focused(seen) ?? '').startsWith(label); steps += 1) {
      if (steps > 40) throw new Error(`there is no option “${label}”\n${seen}`);
      const before = focused(seen);
      pty.write(keys.down);
      seen = await pty.waitUntil(
        screen => focused(screen) !== before,
        `another option than ${before}`,
        patience,
      );
    }
  };
  return {
    sees,
    point,
    press: key => pty.write(key),
    choose: async (question, label) => {
      await point(question, label);
      pty.write(keys.enter);
      await pty.waitUntil(screen => !new RegExp(`› ${label}`).test(screen), `${question} answered`, patience);
    },
    tick: async (question, label) => {
      await point(question, label);
      pty.write(' ');
      await sees(`◉ ${label}`);
      pty.write(keys.enter);
      await pty.waitUntil(screen => !screen.includes('◉'), `${question} answered`, patience);
    },
    write: async (question, ...lines) => {
      await sees(question);
      for (const line of lines) {
        pty.write(line);
        await sees(`│ ${line}`);
        pty.write(keys.enter);
        // The next line is there, still empty.
        await sees(new RegExp(`│ ${escaped(line)}\\s*\\n\\s*│`));
      }
      pty.write(keys.enter);
      await pty.waitUntil(screen => !screen.includes('│'), `${question} answered`, patience);
    },
    scale: async (question, number) => {
      await sees(question);
      await sees('Nothing chosen yet');
      pty.write(String(number));
      await pty.waitUntil(screen => !screen.includes('Nothing chosen yet'), 'a number chosen', patience);
      pty.write(keys.enter);
    },
  };
}

/**
 * Waits for the end and for all output before it, which can arrive later. Returns the exit code.
 */
export async function endOf(pty: Pty): Promise<number> {
  const { code } = await pty.exited;
  for (let still = 0, length = -1; still < 3; still = pty.raw().length === length ? still + 1 : 0) {
    length = pty.raw().length;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  await pty.waitUntil(() => true, 'the screen');
  return code;
}

/** Expects a restored terminal: visible cursor, no bracketed paste, main screen. */
export function isGivenBack(raw: string): boolean {
  const last = (code: string): number => raw.lastIndexOf(`\u001b[?${code}`);
  return last('25h') >= last('25l') && last('2004l') >= last('2004h') && last('1049l') >= last('1049h');
}

/** Returns the option under the cursor. */
function focused(screen: string): string | undefined {
  return /^ *› (?:[◯◉] )?(.*?)\s*$/m.exec(screen)?.[1];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
