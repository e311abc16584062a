import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Arguments of a script by name. What is not one of them is told in a line, with what there is, and ends the program. */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(
  options: T,
): ReturnType<typeof parseArgs<{ options: T }>>['values'] {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const [what = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    return endWith(
      `${what}. There are: ${Object.keys(options)
        .map((name) => `--${name}`)
        .join(', ')}.`,
    );
  }
}

/** Says what is wrong with what was asked for, and ends the program. */
export function endWith(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(2);
}
