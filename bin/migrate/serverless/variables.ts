import {
  ByStage,
  Code,
  intrinsicOf,
  isList,
  isMap,
  Join,
  mapOf,
  STAGE,
  textOf,
  Value,
  ValueMap,
} from '../value';
import { quote } from '../write/print';
import { Alternative, parseVariables, Piece } from './parse-variables';
import { ANY, patternOf, stagesIn } from './stage-pattern';
import { outputOf, parameterOf, required, withFallback } from './variable-code';
import { Unresolved, VariableFiles } from './variable-files';

const MAX_DEPTH = 40;

/** Resolves the variables of a Serverless Framework definition to values, or to TypeScript that reads them when the app runs. */
export class Variables {
  readonly unresolved: Unresolved[] = [];
  private readonly files: VariableFiles;
  private depth = 0;

  constructor(
    private readonly document: ValueMap,
    folder: string,
  ) {
    this.files = new VariableFiles(folder, (one) => void this.unresolved.push(one));
  }

  /** The value with all variables in it resolved. */
  resolve(value: Value): Value {
    if (typeof value === 'string') {
      return value.includes('${') ? this.text(value) : value;
    }
    if (isList(value)) {
      return value.map((one) => this.resolve(one)).filter((one) => one !== undefined);
    }
    if (isMap(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [
          key.includes('${') ? (textOf(this.text(key)) ?? key) : key,
          this.resolve(one),
        ]),
      );
    }
    return value;
  }

  /** The stage if none is given. */
  get defaultStage(): string {
    const stated = mapOf(this.document.provider).stage;
    if (typeof stated !== 'string') {
      return 'dev';
    }
    const pieces = parseVariables(stated);
    const [only] = pieces;
    if (pieces.length === 1 && typeof only === 'object') {
      const literal = only.alternatives.find((one) => one.kind === 'literal');
      if (literal?.kind === 'literal') {
        return String(literal.value);
      }
      const others = only.alternatives.filter(
        (one) =>
          !(one.kind === 'source' && (one.source === 'opt' || one.address === 'provider.stage')),
      );
      const value = others.map((one) => this.alternative(one)).find((one) => one !== undefined);
      return textOf(value) ?? 'dev';
    }
    return stated.includes('${') ? 'dev' : stated;
  }

  private text(text: string): Value {
    if (this.depth > MAX_DEPTH) {
      this.unresolved.push({ text, reason: 'it refers to itself' });
      return undefined;
    }
    this.depth += 1;
    try {
      const parts = parseVariables(text).map((piece) => this.piece(piece));
      return joined(parts);
    } finally {
      this.depth -= 1;
    }
  }

  private piece(piece: Piece): Value {
    if (typeof piece === 'string') {
      return piece;
    }
    let optional: Code | undefined;
    for (const alternative of piece.alternatives) {
      const value = this.alternative(alternative);
      if (value instanceof Code && value.isOptional && value !== STAGE) {
        optional ??= value;
        continue;
      }
      if (value instanceof ByStage && value.fallback === undefined) {
        const rest = this.fallback(piece, alternative);
        return rest === undefined ? value : new ByStage(value.values, rest);
      }
      if (value !== undefined) {
        return optional === undefined ? value : withFallback(optional, value);
      }
    }
    if (optional !== undefined) {
      return required(optional);
    }
    if (!piece.alternatives.some((one) => one.kind === 'literal')) {
      this.unresolved.push({ text: piece.text, reason: 'nothing gives it a value' });
    }
    return undefined;
  }

  private fallback({ alternatives }: Exclude<Piece, string>, after: Alternative): Value {
    const rest = alternatives.slice(alternatives.indexOf(after) + 1);
    return rest.map((one) => this.alternative(one)).find((one) => one !== undefined);
  }

  private alternative(alternative: Alternative): Value {
    switch (alternative.kind) {
      case 'literal':
        return alternative.value;
      case 'text':
        return this.text(alternative.text);
      case 'source':
        return this.source(alternative);
    }
  }

  private source({
    source,
    argument,
    address: raw,
  }: Extract<Alternative, { kind: 'source' }>): Value {
    const address = raw.includes('${') ? this.text(raw) : raw;
    const pattern = patternOf(address);
    if (pattern === undefined) {
      this.unresolved.push({ text: `${source}:${raw}`, reason: 'its address is known only later' });
      return undefined;
    }
    const [name = '', ...region] = source.split('.');
    switch (name) {
      case 'self':
        return this.self(pattern);
      case 'opt':
        return this.option(pattern);
      case 'param':
        return this.parameter(pattern);
      case 'env':
        return new Code(`process.env.${pattern}`, [], true);
      case 'sls':
        return pattern === 'stage'
          ? STAGE
          : this.later(`\${${source}:${raw}}`, 'it exists only in the framework');
      case 'aws':
        return pattern === 'accountId' ? new Code('stack.account') : new Code('stack.region');
      case 'file':
        return this.file(argument ?? '', pattern);
      case 'ssm':
        return parameterOf(pattern);
      case 'cf':
      case 'cfn':
        return outputOf(pattern, argument ?? region.join('.'));
      case 'git':
        return new Code(`context(${quote(pattern).text})`, ['context']);
      default:
        return this.later(`\${${source}:${raw}}`, `the app does not read the source \`${name}\``);
    }
  }

  private later(text: string, reason: string): Value {
    this.unresolved.push({ text, reason });
    return new Code('undefined', [], false, text);
  }

  private self(pattern: string): Value {
    if (pattern === 'provider.stage') {
      return STAGE;
    }
    if (pattern === 'provider.region') {
      return new Code('stack.region');
    }
    if (pattern === 'service') {
      return this.serviceName();
    }
    return this.lookUp(this.document, pattern === '' ? [] : pattern.split('.'));
  }

  private serviceName(): Value {
    const { service } = this.document;
    return this.resolve(isMap(service) ? service.name : service);
  }

  private option(pattern: string): Value {
    if (pattern === 'stage') {
      return STAGE;
    }
    if (pattern === 'region') {
      return new Code('stack.region');
    }
    return new Code(`stack.node.tryGetContext(${quote(pattern).text})`, [], true);
  }

  private parameter(pattern: string): Value {
    const stages = mapOf(this.document.stages);
    const ofStages = Object.fromEntries(
      Object.entries(stages).map(([stage, value]) => [stage, mapOf(value).params]),
    );
    const all: ValueMap = { ...mapOf(this.document.params), ...ofStages };
    const values = Object.fromEntries(
      Object.entries(all)
        .map(
          ([stage, params]) => [stage, this.resolve(mapOf(this.resolve(params))[pattern])] as const,
        )
        .filter(([, value]) => value !== undefined),
    );
    const { default: fallback, ...named } = values;
    if (Object.keys(named).length > 0) {
      return new ByStage(named, fallback);
    }
    return fallback ?? new Code(`stack.node.tryGetContext(${quote(pattern).text})`, [], true);
  }

  private file(argument: string, address: string): Value {
    const name = patternOf(argument.includes('${') ? this.text(argument) : argument);
    if (name === undefined) {
      return undefined;
    }
    const steps = address === '' ? [] : address.split('.');
    if (!name.includes(ANY)) {
      return this.lookUp(this.files.read(name), steps);
    }
    const found = this.files.ofStages(name);
    if (found.length === 0) {
      this.unresolved.push({
        text: `\${file(${name.replaceAll(ANY, '<stage>')})}`,
        reason: 'there is no such file',
      });
      return undefined;
    }
    return new ByStage(
      Object.fromEntries(
        found.map(([stage, file]) => [stage, this.lookUp(this.files.read(file), steps)]),
      ),
    );
  }

  private lookUp(value: Value, steps: readonly string[]): Value {
    const [step, ...rest] = steps;
    const found = typeof value === 'string' && value.includes('${') ? this.text(value) : value;
    if (step === undefined) {
      return this.resolve(found);
    }
    if (found instanceof ByStage) {
      const values = Object.entries(found.values).map(
        ([stage, one]) => [stage, this.lookUp(one, steps)] as const,
      );
      const given = values.filter(([, one]) => one !== undefined);
      return given.length === 0 ? undefined : new ByStage(Object.fromEntries(given));
    }
    if (step.includes(ANY)) {
      const values = stagesIn(Object.keys(mapOf(found)), step).map(
        ([stage, key]) => [stage, this.lookUp(mapOf(found)[key], rest)] as const,
      );
      const given = values.filter(([, one]) => one !== undefined);
      const { default: fallback, ...named } = Object.fromEntries(given);
      return given.length === 0 ? undefined : new ByStage(named, fallback);
    }
    return this.lookUp(isList(found) ? found[Number(step)] : mapOf(found)[step], rest);
  }
}

function joined(parts: readonly Value[]): Value {
  const [only] = parts;
  if (parts.length === 1) {
    return only;
  }
  const flat = parts.flatMap((part) => (part instanceof Join ? part.parts : [part]));
  const given = flat.filter((part) => part !== undefined && part !== null);
  const texts = given.map(textOf);
  if (!texts.includes(undefined)) {
    return texts.join('');
  }
  return given.some((part) => intrinsicOf(part) !== undefined)
    ? { 'Fn::Join': ['', given] }
    : new Join(given);
}
