import * as fs from 'node:fs';
import { environmentTypes } from '../../lib/kinds/environment-types';
import { readModels } from '../assembly';
import type { Invocation } from '../command-spec';
import type { Io } from '../io';
import { UserError } from '../user-error';

/** `types`: writes the declarations of the handlers’ environment variables, or compares them. */
export function types({ options }: Invocation, io: Io): number {
  const models = readModels(String(options.assembly));
  const file = String(options.output);
  const text = environmentTypes(models.flatMap(({ functions }) => functions));
  const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  if (options.check !== true) {
    if (before !== text) {
      fs.writeFileSync(file, text);
    }
    io.out(`${file}\n`);
    return 0;
  }
  if (before !== text) {
    throw new UserError(
      before === undefined ? `${file} is missing` : `${file} is not up to date`,
      'run `npx serverless-app types`, and commit the file',
    );
  }
  return 0;
}
