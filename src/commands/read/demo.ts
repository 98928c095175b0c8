import type { DatedPart } from '../../core/language/demo.ts';
import { placeDemo } from '../../core/language/demo.ts';
import { Exit, Problem } from '../../errors.ts';
import { plainDay } from '../../report/text/dates.ts';
import type { ClockPort, WordsPort, OutputPort, TemplatesPort, MaintenancePort } from '../../world/world.ts';

/** The command line after `demo`. */
export interface DemoLine {
  /** The name of the command; undefined if there is none. */
  readonly command?: string;
  /** Runs that command line on the notes and settings of a folder. */
  readonly run: (folder: string) => Promise<Exit>;
}

// These commands concern the person's own settings, folder and key, or are `demo` itself.
const excludedCommands = ['demo', 'config', 'where', 'encrypt'];
const headings: Readonly<Record<DatedPart, string>> = {
  prepared: 'note.prepared_on',
  followed_up: 'note.followed_up_on',
  noted: 'note.noted_on',
};

/**
 * Runs a command on a made-up year of notes, in a temporary folder that is removed afterwards. Throws a
 * Problem (exit 2) for commands that make no sense in a demo.
 */
export async function demo(
  world: ClockPort & WordsPort & OutputPort & TemplatesPort & MaintenancePort,
  { command, run }: DemoLine,
): Promise<Exit> {
  const { words } = world;
  if (command !== undefined && excludedCommands.includes(command))
    throw new Problem('demo.senseless', { command }, { exit: Exit.misused });
  const year = placeDemo(await world.templates.demo(), world.now(), {
    dated: (part, day) => words(headings[part], { day }),
    otherwise: day => words('summary.unknown_title', { day: plainDay(day, words) }),
  });
  const scratch = await world.openScratch();
  try {
    scratch.fill(year);
    const about = words(command === undefined ? 'demo.about' : 'demo.gone');
    world.messages.say(world.out.isTerminal && world.messages.isTerminal ? `${about}\n` : about);
    return await run(scratch.folder);
  } finally {
    scratch.remove();
  }
}
