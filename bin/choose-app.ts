import type { AppModel } from '../lib/model/app-model';
import { nearestName } from './nearest';
import { UserError } from './user-error';

/** The apps with that id, path or stack, or all apps. */
export function select(models: readonly AppModel[], name: string | undefined): readonly AppModel[] {
  if (name === undefined) {
    return models;
  }
  const found = models.filter((model) => isNamed(model, name));
  if (found.length === 0) {
    throw new UserError(`there is no app \`${name}\``, nearestName(name, models.flatMap(namesOf)));
  }
  return found;
}

export function isNamed(model: AppModel, name: string): boolean {
  return namesOf(model).includes(name);
}

/** The stack's name in AWS and its construct path, since `npx cdk deploy` takes both. */
function namesOf({ app }: AppModel): string[] {
  const { stack } = app as { readonly stack: unknown };
  const parents = app.path.split('/').slice(0, -1).join('/');
  return [
    app.id,
    app.path,
    ...(parents === '' ? [] : [parents]),
    ...(typeof stack === 'string' ? [stack] : []),
  ];
}
