import { defineConfig } from 'vitest/config';

// Drives a real browser; a test of the Java side starts the lab and says where it is.
export default defineConfig({
  test: {
    include: ['browser/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
