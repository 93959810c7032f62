/** Words for RandomPet; fewer than the real provider's. */
export const words = {
  adverbs: ["barely", "boldly", "calmly", "early", "freely", "gently", "mostly", "quickly"],
  adjectives: ["able", "bold", "calm", "eager", "fair", "glad", "keen", "noble", "quick", "wise"],
  names: ["bee", "cat", "crow", "deer", "fox", "hare", "lynx", "moth", "otter", "owl", "seal"],
};
