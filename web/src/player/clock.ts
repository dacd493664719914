import type { Clock } from "./courier";

export const browserClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(millis, task) {
    const timer = setTimeout(task, millis);
    return () => clearTimeout(timer);
  },
};
