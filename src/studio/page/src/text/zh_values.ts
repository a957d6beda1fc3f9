// SPDX-License-Identifier: Apache-2.0
// Words that reports and records hold as values, in Chinese.
export const values: Record<string, string> = {
  // Styles and feelings that appraisals name.
  ArtDeco: "装饰艺术", Art_Nouveau_Modern: "新艺术", Baroque: "巴洛克", Cubism: "立体主义", Expressionism: "表现主义",
  Impressionism: "印象派", Japonism: "日本主义", Naturalism: "自然主义", Post_Impressionism: "后印象派", Rococo: "洛可可",
  Romanticism: "浪漫主义", Symbolism: "象征主义", cartoon: "卡通", photo: "照片",
  agreeableness: "随和", anger: "愤怒", anticipation: "期待", arrogance: "傲慢", disagreeableness: "不快", disgust: "厌恶",
  fear: "恐惧", gratitude: "感激", happiness: "快乐", humility: "谦卑", love: "爱", optimism: "乐观", pessimism: "悲观",
  regret: "后悔", sadness: "悲伤", shame: "羞愧", shyness: "羞怯", surprise: "惊讶", trust: "信任", neutral: "平静",
  "not colourful": "没有色彩", "slightly colourful": "略有色彩", "moderately colourful": "色彩适中", "averagely colourful": "色彩一般",
  "quite colourful": "色彩较多", "highly colourful": "色彩丰富", "extremely colourful": "色彩极丰富",
  // Composition.
  original: "原图", "keeps the subject whole": "主体完整", "light accents on dark": "暗中有亮点", "mostly dark": "大多是暗",
  "dark accents on light": "亮中有暗点", "mostly light": "大多是亮", "mostly middle values": "大多是中间调",
  "dark against light": "明暗对立", "dark, with lights": "以暗为主，带亮", "light, with darks": "以亮为主，带暗",
  "dark, middle and light in like parts": "暗、中、亮大致相等",
  // Works and what happened to them.
  picture: "绘画", print: "版画", photograph: "摄影", drawing: "素描", sculpture: "雕塑", film: "影片", music: "音乐",
  poem: "诗", story: "故事", other: "其他", available: "可售", reserved: "已预订", sold: "已售", "on loan": "借出",
  "not for sale": "非卖", lost: "遗失", stolen: "失窃", destroyed: "毁坏",
  // Music.
  none: "无", authentic: "正格", plagal: "变格", half: "半终止", deceptive: "阻碍",
  // Options.
  draft: "草稿", standard: "标准", best: "精细",
};
