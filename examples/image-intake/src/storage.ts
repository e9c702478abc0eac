import { S3Client } from '@aws-sdk/client-s3';

/** Made once and kept by the warm function. */
export const storage = new S3Client();
