export function programAt(name: string): string | undefined;
export function missingServers(): { folder: string; packages: string }[];
