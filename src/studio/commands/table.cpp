// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/appraise.hpp"
#include "atelier/jobs/breed.hpp"
#include "atelier/jobs/compose.hpp"
#include "atelier/jobs/film.hpp"
#include "atelier/jobs/frame.hpp"
#include "atelier/jobs/generate.hpp"
#include "atelier/jobs/inspire.hpp"
#include "atelier/jobs/invert.hpp"
#include "atelier/jobs/match.hpp"
#include "atelier/jobs/palette.hpp"
#include "atelier/jobs/score.hpp"
#include "atelier/jobs/similar.hpp"
#include "atelier/jobs/stylize.hpp"
#include "atelier/jobs/translate.hpp"
#include "atelier/jobs/write.hpp"
#include "studio/commands/request.hpp"
#include "studio/commands/table_parts.hpp"

namespace atelier::studio {
namespace {

std::vector<std::string> and_films(std::vector<std::string> formats) {
  for (const char* film : {"mp4", "webm", "mkv", "gif"}) formats.emplace_back(film);
  return formats;
}

Input picture(const char* name, const char* help) {
  return {name, help, "", pictures()};
}

Input optional_picture(const char* name, const char* help) {
  return {name, help, std::string("--") + name, pictures(), 0, 1};
}

Input model(const char* help, int min = 0) {
  return {"model", help, "--model", {"model"}, min, 1};
}

/// Films keep their frames by themselves, one pass takes no steps, and an explanation tells of a
/// painting from its start.
bool paints_step_by_step(const JobRequest& request, const TypeOf& type_of) {
  const auto is_film = [&](const std::string& item) {
    const std::optional<FileType> type =
        is_digest(item) ? type_of(item) : std::optional<FileType>();
    return type && type->kind == "film";
  };
  const auto content = request.inputs.find("content");
  const bool film = content != request.inputs.end() &&
                    std::any_of(content->second.begin(), content->second.end(), is_film);
  return !film && !request.options.value("animate", false) &&
         request.options.value("method", "optimize") == "optimize" &&
         !request.outputs.contains("explanation");
}

Command stylize() {
  Command command{.name = "stylize",
                  .help = "repaint a photograph or a film like a painting",
                  .words = {"stylize"},
                  .inputs = {{"content", "the photograph or film", "", {"picture", "film"}},
                             {"styles", "paintings; several are blended", "", pictures(), 1, 16}},
                  .outputs = {{"picture", "the painting; of a film, a film", "-o",
                               and_films(picture_formats())},
                              {"plot", "the losses over the steps", "--plot", {"svg"}, true},
                              {"explanation",
                               "how it came about: a page, and its pictures beside it",
                               "--explain",
                               {folder_format},
                               true}},
                  .options = {},
                  .preview = true,
                  .no_preview_option = "method",
                  .no_preview_value = "fast",
                  .keeps_checkpoint = paints_step_by_step};
  const auto file = [&](const char* name, const char* flag, const char* help,
                        std::vector<std::string> words = {}) {
    command.inputs.push_back({name, help, flag, pictures(), 0, 1, std::move(words)});
  };
  const auto list = [&](const char* name, const char* flag, const char* help,
                        std::vector<std::string> words) {
    command.inputs.push_back({name, help, flag, pictures(), 0, 16, std::move(words), true});
  };
  list("style_mask", "--style-mask", "mask of each style, in their order; -: what masks leave",
       {"-"});
  file("style_map", "--style-map", "one picture in place of masks, a colour a style");
  file("content_mask", "--content-mask", "where the photograph's structure counts");
  list("protect", "--protect", "where styles pull less: masks, or faces", {"faces"});
  file("texture", "--texture", "picture whose fine texture the styles take over");
  file("init", "--init", "where painting starts", {"content", "noise", "style-stats", "fast"});
  command.inputs.push_back(
      {"fast_model", "of method fast: a network of your own", "--fast-model", {"model"}, 0, 1});
  add_options(
      command, style::stylize_option_table(),
      {"style-mask", "style-map", "content-mask", "protect", "texture", "init", "fast-model"});
  jobs::StylizeExtras extras;
  extras.preview_every = 2;
  add_options(command, jobs::stylize_extras_table(),
              {"preview", "trace", "plot", "checkpoint", "checkpoint-every", "checkpoint-unfit"},
              extras);
  command.options.push_back(flag("animate", "Film",
                                 "make a film of the way from the photograph to the painting, or "
                                 "from style to style"));
  add_options(command, jobs::film_option_table());
  add_options(command, film::encode_options());
  return command;
}

Command match() {
  Command command{.name = "match",
                  .help = "rank styles by how well they go with a photograph",
                  .words = {"match"},
                  .inputs = {picture("content", "the photograph"),
                             {"styles", "paintings", "", pictures(), 1, many}},
                  .outputs = {},
                  .options = {}};
  add_options(command, jobs::match_option_table());
  return command;
}

Command score() {
  Command command{.name = "score",
                  .help = "measure any result against its photograph and painting",
                  .words = {"score"},
                  .inputs = {picture("content", "the photograph"), picture("style", "the painting"),
                             picture("result", "the picture made from them, by any program"),
                             optional_picture("mask", "score only where this is white")},
                  .outputs = {},
                  .options = {}};
  for (const char* name :
       {"size", "content-weight", "style-weight", "tv-weight", "backbone", "pooling"}) {
    const auto* entry = style::stylize_option_table().find(name);
    command.options.push_back({entry->spec, entry->default_value()});
  }
  command.device = command.threads = true;
  add_options(command, jobs::score_extras_table());
  return command;
}

Command palette() {
  Command command{
      .name = "palette",
      .help = "find the colours of a work and what they make together",
      .words = {"palette"},
      .inputs = {{"picture", "a picture, or a palette file", "", {"picture", "palette", "text"}}},
      .outputs = {{"swatches", "a picture of the colours", "-o", picture_formats(), true},
                  {"palette", "the colours as a file", "-o", {"gpl", "ase", "css", "json"}, true},
                  {"views",
                   "the picture as colour-blind eyes see it, and in five values",
                   "--views",
                   {folder_format},
                   true}},
      .options = {}};
  add_options(command, jobs::palette_option_table());
  return command;
}

Command recolour() {
  Command command{.name = "recolour",
                  .help = "bring a picture into a palette",
                  .words = {"palette", "apply"},
                  .inputs = {picture("picture", "what is recoloured"),
                             {"palette",
                              "a palette file, or a picture whose colours are taken",
                              "--palette",
                              {"palette", "picture", "text"}}},
                  .outputs = {{"picture", "the recoloured picture", "-o", picture_formats()}},
                  .options = {flag("keep-lightness", "Colours",
                                   "of two pixels the lighter one stays lighter")}};
  add_options(command, jobs::recolour_option_table());
  return command;
}

Command frame() {
  Command command{
      .name = "frame",
      .help = "measure the composition of a picture, show it, and crop or level the picture",
      .words = {"frame"},
      .inputs = {picture("photo", "the picture that is looked at")},
      .outputs = {{"sheet", "a sheet of overlays", "-o", picture_formats(), true},
                  {"crop", "the best crop, cut from the picture at full resolution", "--crop",
                   picture_formats(), true}},
      .options = {
          flag("straighten", "Crops", "first turn the picture level, where its tilt is certain")}};
  add_options(command, jobs::frame_option_table());
  return command;
}

Command appraise() {
  Command command{
      .name = "appraise",
      .help = "tell what works are: style, things in them, form, what people feel",
      .words = {"appraise"},
      .inputs = {{"works", "pictures or poems", "", {"picture", "text"}, 1, many},
                 {"reference",
                  "works by one painter, or texts, to compare with",
                  "--reference",
                  {"picture", "text"},
                  0,
                  many},
                 model("what `train appraisal` made; none: the one that comes along"),
                 file_after("--text-model", "text-model", "what `train emotions` made, likewise",
                            {"model"})},
      .outputs = {{"page", "all of it and the pictures, as a page", "--page", {"html"}, true}},
      .options = {}};
  add_options(command, jobs::appraise_option_table(), {"model"});
  return command;
}

Command similar() {
  Command command{
      .name = "similar",
      .help = "find those of some works that look like a picture",
      .words = {"similar"},
      .inputs = {picture("picture", "what is looked for"),
                 {"works", "where it is looked for", "--in", pictures(), 1, many, {}, false, true}},
      .outputs = {{"sheet", "a picture of what was found", "--sheet", picture_formats(), true}},
      .options = {}};
  add_options(command, jobs::similar_option_table(), {"words", "library"});
  return command;
}

Command generate() {
  std::vector<std::string> formats = and_films(picture_formats());
  formats.emplace_back(folder_format);
  Command command{
      .name = "generate",
      .help = "paint new pictures from nothing: one, a sheet, a file each or a film",
      .words = {"generate"},
      .inputs = {model("a generator, as `train gan` wrote it; none: Atelier's own, of landscapes")},
      .outputs = {{"picture", "the picture, sheet or film; folder: a file each", "-o", formats}},
      .options = {}};
  add_options(command, jobs::generate_option_table());
  add_options(command, film::encode_options());
  return command;
}

Command breed() {
  Command command{
      .name = "breed",
      .help = "mix pictures of a generator, change them, keep their family",
      .words = {"breed"},
      .inputs = {{"parents",
                  "pictures that generate, breed or invert wrote, or seeds",
                  "",
                  pictures(),
                  1,
                  16,
                  {"seed:N"}},
                 model("a generator, as `train gan` wrote it; none: Atelier's own, of landscapes")},
      .outputs = {{"picture", "the child; more are numbered", "-o", picture_formats()},
                  {"tree", "the family as a picture", "--tree", picture_formats(), true}},
      .options = {}};
  add_options(command, jobs::breed_option_table());
  return command;
}

Command invert() {
  Command command{
      .name = "invert",
      .help = "find the picture of a generator that is most like one of yours",
      .words = {"invert"},
      .inputs = {picture("picture", "the picture; its middle square is taken"),
                 model("a generator, as `train gan` wrote it; none: Atelier's own, of landscapes")},
      .outputs = {{"picture", "the generator's nearest picture", "-o", picture_formats()}},
      .options = {}};
  add_options(command, gan::invert_option_table());
  return command;
}

Command translate() {
  Command command{
      .name = "translate",
      .help = "paint a photograph in a painter's hand by a trained network, or back",
      .words = {"translate"},
      .inputs = {picture("picture", "the picture"),
                 model("as `train translate` wrote it; none: the one that comes along")},
      .outputs = {{"picture", "the painting", "-o", picture_formats()}},
      .options = {}};
  add_options(command, jobs::translation_table(), {"model", "format"});
  return command;
}

Command write() {
  Command command{.name = "write",
                  .help = "write poems that keep their form, stories, and go on with yours",
                  .words = {"write"},
                  .inputs = {model("as `train text` wrote it; none: the one that comes along")},
                  .outputs = {{"text", "what was written", "-o", {"txt"}}},
                  .options = {positional_text("opening", "Text", "how the text begins")}};
  add_options(command, jobs::write_option_table(), {"model"});
  add_options(command, verse::verse_options());
  add_options(command, sequence::choice_option_table());
  return command;
}

Command compose() {
  Command command{
      .name = "compose",
      .help = "compose chorales, folk tunes and piano pieces, harmonise, and go on with yours",
      .words = {"compose"},
      .inputs = {{"primer", "a piece to go on from", "--primer", {"music"}, 0, 1},
                 {"harmonise",
                  "a melody that becomes a chorale's soprano",
                  "--harmonise",
                  {"music"},
                  0,
                  1},
                 model("as `train music` wrote it; none: the kind's own")},
      .outputs = {{"notes", "the piece", "-o", {"mid"}},
                  {"sound", "how it sounds", "-o", {"ogg", "wav", "flac"}, true},
                  {"score", "the score", "-o", {"musicxml", "abc", "svg", "pdf"}, true},
                  {"roll", "a piano roll", "-o", {"png"}, true}},
      .options = {}};
  add_options(command, jobs::compose_option_table(), {"primer", "harmonise", "model"});
  add_options(command, sequence::choice_option_table(), {}, jobs::compose_choice_defaults());
  return command;
}

Command inspire() {
  Command command{.name = "inspire",
                  .help = "a board of ideas for words, a poem or a picture, from works of yours",
                  .words = {"inspire"},
                  .inputs = {{"idea", "a picture, or words as a text", "", {"picture", "text"}},
                             {.name = "works",
                              .help = "works that are looked through",
                              .flag = "--in",
                              .accepts = pictures(),
                              .min = 1,
                              .max = many,
                              .in_folder = true},
                             model("a generator, for sketches")},
                  .outputs = {{"board", "the board, a page", "-o", {"html"}}},
                  .options = {}};
  add_options(command, jobs::inspire_option_table(), {"library", "model"});
  return command;
}

}  // namespace

std::vector<Command> making_commands() {
  return {stylize(), match(),    score(), palette(), recolour(),  frame(), appraise(), similar(),
          inspire(), generate(), breed(), invert(),  translate(), write(), compose()};
}

}  // namespace atelier::studio
