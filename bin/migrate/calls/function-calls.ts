import * as path from 'node:path';
import { FileCalls, callsInFile } from './file-calls';
import { callsOfPackage } from './harmless-packages';
import { readSources } from './read-sources';
import { actionsOf, hasOperations, methodsOf, serviceOfPackage } from './services';

/** What the code of a function calls on AWS. */
export interface FunctionCalls {
  /** The actions: `dynamodb:GetItem`. */
  readonly actions: ReadonlySet<string>;
  /** The services whose actions it may all need. */
  readonly whole: ReadonlySet<string>;
}

/** Reads what a handler can call. Throws an error with the reason if that is not known for certain. */
export function callsOfHandler(folder: string, entry: string): FunctionCalls {
  const { files, packages } = readSources(folder, entry);
  // Files of other packages of a repository have packages of their own.
  const froms = new Set(
    [entry, ...files.keys()].map((file) => path.dirname(path.resolve(folder, file))),
  );
  for (const name of packages.filter((one) => !/^(aws-sdk($|\/)|@aws-sdk\/)/.test(one))) {
    for (const from of froms) {
      const reason = callsOfPackage(name, from);
      if (reason !== undefined) {
        throw new Error(reason);
      }
    }
  }
  const all = [...files].map(([file, text]) => {
    const calls = callsInFile(text);
    if (calls.doubt !== undefined) {
      throw new Error(`${calls.doubt} (${file})`);
    }
    return calls;
  });
  return combined(all);
}

function combined(files: readonly FileCalls[]): FunctionCalls {
  const actions = new Set<string>();
  const whole = new Set<string>();
  const add = (service: string, operation: string): void => {
    const found = actionsOf(service, operation);
    if (found === undefined) {
      whole.add(service);
    } else {
      found.forEach((one) => actions.add(one));
    }
  };
  for (const [source, names] of files.flatMap(({ imported }) => [...imported])) {
    const service = serviceOfPackage(source) ?? '';
    for (const name of names) {
      const operation = /^(?:paginate)?([A-Z]\w*?)Command$/.exec(name)?.[1];
      const paginated = /^paginate([A-Z]\w*)$/.exec(name)?.[1];
      if (!hasOperations(service) || /^wait(Until|For)/.test(name)) {
        whole.add(service);
      } else if ((operation ?? paginated) !== undefined && name !== '$Command') {
        add(service, operation ?? paginated ?? '');
      } else if (name === 'Upload' || name === 'createPresignedPost') {
        add(service, 'Upload');
      }
    }
  }
  const isDynamic = callsByComputedName(files);
  const names = new Set(
    files.flatMap((one) => [...one.names].map((name) => name.replace(/Async$/, ''))),
  );
  files.flatMap(({ names: own }) => [...own]).forEach((name) => names.add(name));
  for (const service of new Set(files.flatMap(({ methodServices }) => [...methodServices]))) {
    if (isDynamic || !hasOperations(service)) {
      whole.add(service);
    }
    // A class of version 2: `new AWS.S3.ManagedUpload(…)`.
    if (service === 's3' && names.has('ManagedUpload')) {
      add(service, 'Upload');
    }
    for (const [method, operation] of methodsOf(service)) {
      if (names.has(method)) {
        add(service, operation);
      }
    }
  }
  return { actions, whole };
}

/** Whether a method of a client may be called by a name that the code computes. */
function callsByComputedName(files: readonly FileCalls[]): boolean {
  const holders = new Set(files.flatMap(({ clients }) => [...clients.holders]));
  const aliases = files.flatMap(({ clients }) => clients.aliases);
  for (let size = -1; size !== holders.size;) {
    size = holders.size;
    aliases.filter(([, of]) => holders.has(of)).forEach(([name]) => holders.add(name));
  }
  return files.some(({ clients }) =>
    [...clients.computed].some((name) => name === '' || holders.has(name)),
  );
}
