import type { Machine } from '../machine.ts';
import { isOn, wantsColour } from '../terminal/output/environment.ts';
import { openMessages, openOutput } from '../terminal/output/output.ts';
import { openStyle } from '../terminal/output/styles.ts';
import type { Globals, OutputPort, Words } from '../world/world.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The standard streams of a run. */
export type Streams = Pick<OutputPort, 'out' | 'messages' | 'waitForOutput' | 'writeFailed'>;

export interface StreamNeeds {
  readonly process: Machine;
  /** The environment as the person has it. */
  readonly ownEnv: Env;
  /** The environment that packages read. */
  readonly env: Record<string, string | undefined>;
  readonly globals: Globals;
  readonly words: Words;
}

/** True if the person asked for plain lines by a flag or the environment; a setting can ask for them too. */
export function asksForPlain(globals: Globals, ownEnv: Env): boolean {
  return globals.plain === true || isOn(ownEnv['ACCESSIBLE']);
}

/** Opens standard output and standard error, with colour where the person and the terminal want it. */
export async function openStreams(needs: StreamNeeds): Promise<Streams> {
  const { process, ownEnv, env, globals, words } = needs;
  const { stdout, stderr } = process;
  const mayColour = globals.color !== false && !asksForPlain(globals, ownEnv);
  const hasColour = (isTerminal: boolean): boolean => mayColour && wantsColour(ownEnv, isTerminal);
  const outColour = hasColour(stdout.isTTY === true);
  // Packages that read the environment have to come to the same answer.
  env['FORCE_COLOR'] = outColour ? '1' : '0';
  env['FORCE_HYPERLINK'] = '0';
  const messages = openMessages({
    stream: stderr,
    isTerminal: stderr.isTTY === true,
    columns: columnsOf(stderr),
    style: await openStyle({ colour: hasColour(stderr.isTTY === true) }),
    onBroken: () => {},
    onFailed: () => {},
  });
  let failed = false;
  const onFailed = (cause: Error): void => {
    failed = true;
    const reason = 'code' in cause ? String(cause.code) : cause.message;
    messages.say(words('cli.write-failed.says', { reason }));
    messages.say(words('cli.write-failed.do'));
  };
  const out = openOutput({
    stream: stdout,
    isTerminal: stdout.isTTY === true,
    columns: columnsOf(stdout),
    style: await openStyle({ colour: outColour }),
    onBroken: () => {},
    onFailed,
  });
  return {
    out,
    messages,
    waitForOutput: async () => {
      await out.done();
      await messages.done();
    },
    writeFailed: () => failed,
  };
}

function columnsOf(stream: Machine['stdout']): number | undefined {
  return stream.isTTY === true ? stream.columns : undefined;
}
