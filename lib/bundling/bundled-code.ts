import * as path from 'node:path';
import {
  CfnResource,
  FileAssetLocation,
  FileAssetPackaging,
  Lazy,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  ASSET_RESOURCE_METADATA_ENABLED_CONTEXT,
  ASSET_RESOURCE_METADATA_PATH_KEY,
  ASSET_RESOURCE_METADATA_PROPERTY_KEY,
} from 'aws-cdk-lib/cx-api';
import { Construct, IConstruct } from 'constructs';
import { AssetFiles, AssetWriter, fileWith, hashOfFiles } from './asset-files';
import { CodeRequest } from './bundle-request';
import { assetBuilder } from './load-assets';

/**
 * A function's code, bundled together with that of all other functions of the app.
 *
 * Functions are declared one by one, but starting esbuild for each would take most of a synthesis. So the location of the code is
 * a token, and a single pass bundles everything that is declared: the app's aspect starts it at synthesis, or a token that is
 * resolved earlier.
 */
export class BundledCode extends lambda.Code {
  private objectKey = '';

  constructor(private readonly request: CodeRequest) {
    super();
  }

  override bind(scope: Construct): lambda.CodeConfig {
    const bundles = Bundles.of(scope);
    const stack = Stack.of(scope);
    bundles.add(this.request, stack);
    this.objectKey = Lazy.string({
      produce: () => bundles.publish(this.request, stack).objectKey,
    });
    return {
      s3Location: {
        bucketName: Lazy.string({ produce: () => bundles.publish(this.request, stack).bucketName }),
        objectKey: this.objectKey,
      },
    };
  }

  /** What `cdk watch` and hotswap need to find the asset of a function. */
  override bindToResource(resource: CfnResource, options: lambda.ResourceBindOptions = {}): void {
    if (resource instanceof lambda.CfnFunction) {
      Bundles.of(resource).addResource(this.request, resource, this.objectKey);
    }
    if (resource.node.tryGetContext(ASSET_RESOURCE_METADATA_ENABLED_CONTEXT) !== true) {
      return;
    }
    const bundles = Bundles.of(resource);
    const stack = Stack.of(resource);
    resource.addMetadata(
      ASSET_RESOURCE_METADATA_PATH_KEY,
      Lazy.string({ produce: () => bundles.stage(this.request, stack).fileName }),
    );
    resource.addMetadata(ASSET_RESOURCE_METADATA_PROPERTY_KEY, options.resourceProperty ?? 'Code');
  }
}

interface PublishedTo {
  readonly request: CodeRequest;
  readonly resource: lambda.CfnFunction;
  readonly objectKey: string;
}

interface StagedBundle {
  readonly hash: string;
  /** Relative to the cloud assembly of the stack. */
  readonly fileName: string;
}

/** All code to bundle in one construct tree. */
class Bundles {
  private static readonly byRoot = new WeakMap<IConstruct, Bundles>();

  static of(scope: IConstruct): Bundles {
    const { root } = scope.node;
    const bundles = Bundles.byRoot.get(root) ?? new Bundles();
    Bundles.byRoot.set(root, bundles);
    return bundles;
  }

  private readonly resources: PublishedTo[] = [];
  private readonly waiting = new Map<CodeRequest, Stack>();
  private readonly built = new Map<CodeRequest, AssetFiles>();
  private readonly staged = new Map<CodeRequest, StagedBundle>();
  private readonly writer = new AssetWriter();
  private readonly published = new Map<CodeRequest, FileAssetLocation>();

  add(request: CodeRequest, stack: Stack): void {
    this.waiting.set(request, stack);
  }

  addResource(request: CodeRequest, resource: lambda.CfnFunction, objectKey: string): void {
    this.resources.push({ request, resource, objectKey });
  }

  /** Bundles, and replaces the tokens with the locations of the code, because each resolution of a token takes time. */
  publishWaiting(): void {
    this.buildWaiting();
    for (const { request, resource, objectKey } of this.resources.splice(0)) {
      const { code } = resource;
      if ('s3Key' in code && code.s3Key === objectKey) {
        const { bucketName, objectKey: s3Key } = this.publish(request, resource.stack);
        resource.code = { s3Bucket: bucketName, s3Key };
      }
    }
  }

  /** Bundles what was added since the last call, except for stacks whose code the CLI does not need. */
  buildWaiting(): void {
    const requests = [...this.waiting].filter(([, stack]) => stack.bundlingRequired);
    this.waiting.clear();
    assetBuilder()
      .buildAssets(requests.map(([request]) => request))
      .forEach((files, request) => {
        this.built.set(request, files);
      });
  }

  publish(request: CodeRequest, stack: Stack): FileAssetLocation {
    const known = this.published.get(request);
    if (known !== undefined) {
      return known;
    }
    const { hash, fileName } = this.stage(request, stack);
    const location = stack.synthesizer.addFileAsset({
      packaging: FileAssetPackaging.ZIP_DIRECTORY,
      sourceHash: hash,
      fileName,
      displayName: `${path.basename(request.entry)} of ${stack.node.path}`,
    });
    this.published.set(request, location);
    return location;
  }

  /** Writes the files into the cloud assembly, under the hash of their content. */
  stage(request: CodeRequest, stack: Stack): StagedBundle {
    const known = this.staged.get(request);
    if (known !== undefined) {
      return known;
    }
    const files = stack.bundlingRequired ? this.build(request) : notBundled(request);
    const hash = hashOfFiles(files);
    const stage = Stage.of(stack);
    if (stage === undefined) {
      throw new Error(
        `${stack.node.path}: a stack must be inside an App or a Stage to be synthesized`,
      );
    }
    const folder = path.join(stage.assetOutdir, `asset.${hash}`);
    this.writer.write(folder, files);
    const staged = { hash, fileName: path.relative(stage.outdir, folder) };
    this.staged.set(request, staged);
    this.built.delete(request); // its files have been written
    return staged;
  }

  private build(request: CodeRequest): AssetFiles {
    if (!this.built.has(request)) {
      this.buildWaiting();
    }
    const files = this.built.get(request);
    if (files === undefined) {
      throw new Error(`${request.owner} was not bundled`);
    }
    return files;
  }
}

/** Bundles all functions declared so far in the construct tree of `scope`, and records the locations of their code. */
export function bundleFunctions(scope: IConstruct): void {
  Bundles.of(scope).publishWaiting();
}

/** A placeholder for code that the CLI does not need: for `cdk list`, or in a stack that is not deployed. */
function notBundled(request: CodeRequest): AssetFiles {
  const text = `throw new Error(${JSON.stringify(`not bundled: ${path.basename(request.entry)}`)});\n`;
  return new Map([['index.mjs', fileWith(new TextEncoder().encode(text))]]);
}
