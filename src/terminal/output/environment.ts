import { isAsciiLocale, openAsciiSink } from './ascii-sink.ts';
import type { Sink } from './sink.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Says whether to colour: data in a pipe never is. On a terminal FORCE_COLOR decides, then NO_COLOR,
 * NODE_DISABLE_COLORS and CLICOLOR=0, which want none, then what the terminal calls itself.
 */
export function wantsColour(env: Environment, isTerminal: boolean): boolean {
  if (!isTerminal) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (isSet(env['NO_COLOR']) || isSet(env['NODE_DISABLE_COLORS']) || env['CLICOLOR'] === '0') return false;
  return isOn(env['CLICOLOR_FORCE']) || env['TERM'] !== 'dumb';
}

/** Says whether a variable is set to anything but a no. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false', 'no', 'off'].includes(value.toLowerCase());
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

interface Streams {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly platform: string;
}

/**
 * Gives a machine whose streams have signs of ours in ASCII where its terminal knows no others; all else is
 * the machine's.
 */
export function withTerminals<M extends Streams>(machine: M, env: Environment): M {
  if (machine.platform === 'win32' || !isAsciiLocale(env)) return machine;
  const inAscii = (stream: Sink, isDrawnOver: boolean): Sink => {
    return stream.isTTY === true ? openAsciiSink(stream, { isDrawnOver }) : stream;
  };
  const streams = { stdout: inAscii(machine.stdout, false), stderr: inAscii(machine.stderr, true) };
  return Object.assign(Object.create(machine), streams);
}

/** The variable that asks for plain lines, as it is written in a shell; undefined where none does. */
export function plainFrom(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (isOn(env['ACCESSIBLE'])) return 'ACCESSIBLE';
  return env['TERM'] === 'dumb' ? 'TERM=dumb' : undefined;
}
