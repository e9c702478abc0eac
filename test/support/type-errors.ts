import * as path from 'node:path';
import * as ts from 'typescript';

const ROOT = path.join(__dirname, '..', '..');

/** The files of packages and of the repository, parsed once for all programs of a file of tests: those of the CDK take seconds. */
const onDisk = new Map<string, ts.SourceFile | undefined>();

/** The errors of the compiler in files that need not exist, with the repository’s settings, and others. */
export function typeErrors(
  files: ReadonlyMap<string, string>,
  settings: ts.CompilerOptions = {},
): string[] {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (file) =>
    ts.sys.readFile(file),
  );
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  options.noUnusedLocals = false;
  options.isolatedModules = false;
  Object.assign(options, settings, { paths: { ...options.paths, ...settings.paths } });
  const disk = ts.createCompilerHost(options);
  const host = { ...disk };
  // Folders that exist only in `files`, so that these find each other.
  host.directoryExists = (folder) =>
    [...files.keys()].some((file) => file.startsWith(`${folder}/`)) ||
    ts.sys.directoryExists(folder);
  host.fileExists = (file) => files.has(file) || disk.fileExists(file);
  host.readFile = (file) => files.get(file) ?? disk.readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = files.get(file);
    if (text !== undefined) {
      return ts.createSourceFile(file, text, version);
    }
    const key = JSON.stringify([file, version, options.module, options.moduleResolution]);
    if (!onDisk.has(key)) {
      onDisk.set(key, disk.getSourceFile(file, version, ...rest));
    }
    return onDisk.get(key);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(
        (problem) =>
          `${path.basename(file)}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`,
      ),
  );
}
