import { S3Client } from '@aws-sdk/client-s3';
import { AwsOptions, clientSettings, naming } from './clients';

export function s3Client(options: AwsOptions): S3Client {
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL ?? '';
  const settings = {
    ...clientSettings(options),
    // An emulator does not resolve host names that begin with the bucket's name.
    forcePathStyle: endpoint !== '',
  };
  return naming(new S3Client(settings), 's3');
}
