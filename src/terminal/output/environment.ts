import { isAsciiLocale, openAsciiSink } from './ascii-sink.ts';
import type { Sink } from './sink.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns true if output should be coloured. Data in a pipe never is. On a terminal FORCE_COLOR decides, then
 * NO_COLOR, NODE_DISABLE_COLORS and CLICOLOR=0, which turn colour off, then CLICOLOR_FORCE, then TERM.
 */
export function wantsColour(env: Environment, isTerminal: boolean): boolean {
  if (!isTerminal) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (isSet(env['NO_COLOR']) || isSet(env['NODE_DISABLE_COLORS']) || env['CLICOLOR'] === '0') return false;
  return isOn(env['CLICOLOR_FORCE']) || env['TERM'] !== 'dumb';
}

/** Returns true if a variable is set to anything but a "no" (empty, 0, false, no, off). */
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
 * Returns a machine whose terminals write our signs in ASCII if the locale supports nothing else; everything
 * else is inherited from `machine`.
 */
export function withTerminals<M extends Streams>(machine: M, env: Environment): M {
  if (machine.platform === 'win32' || !isAsciiLocale(env)) return machine;
  const inAscii = (stream: Sink, isDrawnOver: boolean): Sink => {
    return stream.isTTY === true ? openAsciiSink(stream, { isDrawnOver }) : stream;
  };
  const streams = { stdout: inAscii(machine.stdout, false), stderr: inAscii(machine.stderr, true) };
  return Object.assign(Object.create(machine), streams);
}

/**
 * Returns the variable that asks for plain lines, as a person writes it in a shell; undefined if none does.
 */
export function plainFrom(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (isOn(env['ACCESSIBLE'])) return 'ACCESSIBLE';
  return env['TERM'] === 'dumb' ? 'TERM=dumb' : undefined;
}
