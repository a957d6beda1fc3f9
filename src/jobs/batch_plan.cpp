// SPDX-License-Identifier: Apache-2.0
#include "jobs/batch_plan.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>

#include "atelier/base/file_search.hpp"
#include "image/formats.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

/// A picture and its place below what was named.
struct Source {
  fs::path file, name;
};

bool is_folder(const std::string& named) {
  std::error_code error;
  return fs::is_directory(named, error);
}

bool names_many(const std::string& named) {
  return is_folder(named) || is_pattern(named);
}

bool shows_a_picture(const fs::path& file) {
  std::array<char, 16> head{};
  std::ifstream stream(file, std::ios::binary);
  stream.read(head.data(), head.size());
  return image::format_of_content({head.data(), static_cast<std::size_t>(stream.gcount())})
      .has_value();
}

std::vector<Source> sources(const std::string& named, const BatchRequest& request,
                            BatchPlan& plan) {
  if (!names_many(named)) return {{named, fs::path(named).filename()}};
  const bool folder = is_folder(named);
  FilesFound found = folder ? files_in(named, request.output) : files_named(named, request.output);
  const fs::path root = folder ? fs::path(named) : pattern_root(named);
  plan.unreadable.insert(plan.unreadable.end(), found.unreadable.begin(), found.unreadable.end());
  std::vector<Source> sources;
  for (const fs::path& file : found.files) {
    if (!image::format_of_suffix(file) && !shows_a_picture(file)) continue;
    sources.push_back({file, file.lexically_normal().lexically_relative(root.lexically_normal())});
  }
  if (sources.empty()) {
    if (folder) {
      fail(ErrorKind::bad_input,
           "the folder {} holds no PNG, JPEG, TIFF or WebP picture; name another.", named);
    }
    fail(
        ErrorKind::bad_input,
        "no PNG, JPEG, TIFF or WebP picture has a name like '{}'; name another pattern, in quotes.",
        named);
  }
  return sources;
}

/// What all paintings are made with: one set of paintings that are blended, or one at a time.
struct Style {
  std::vector<fs::path> files;
  fs::path name;  ///< empty: there is one set alone
};

std::vector<Style> style_sets(const BatchRequest& request, BatchPlan& plan) {
  const auto many = std::find_if(request.styles.begin(), request.styles.end(), names_many);
  if (many == request.styles.end()) {
    return {{{request.styles.begin(), request.styles.end()}, {}}};
  }
  std::vector<Source> all;
  for (const std::string& named : request.styles) {
    if (!names_many(named)) {
      fail(ErrorKind::invalid_argument,
           "{} is one painting and {} stands for several; name paintings one by one, which are "
           "blended, or folders and patterns, whose paintings are taken in turn.",
           named, *many);
    }
    for (Source& source : sources(named, request, plan)) {
      const auto same = [&](const Source& other) { return other.file == source.file; };
      if (std::none_of(all.begin(), all.end(), same)) all.push_back(std::move(source));
    }
  }
  std::vector<fs::path> names;
  for (const Source& source : all) names.push_back(source.name);
  names = names_with_suffix(names, ".png");
  std::vector<Style> sets;
  for (std::size_t i = 0; i < all.size(); ++i)
    sets.push_back({{all[i].file}, names[i].replace_extension()});
  return sets;
}

/// "a-sub-starry_night.jpg"
fs::path with_style(const fs::path& name, const fs::path& style) {
  std::string word = style.generic_string();
  std::replace(word.begin(), word.end(), '/', '-');
  return name.stem().string() + "-" + word + name.extension().string();
}

/// The path, numbered when another painting has it: styles a-b.jpg and a/b.jpg.
fs::path unused(fs::path path, std::set<fs::path>& taken) {
  const fs::path wanted = path;
  for (int i = 2; !taken.insert(path).second; ++i) {
    path = wanted.parent_path() /
           (wanted.stem().string() + "-" + std::to_string(i) + wanted.extension().string());
  }
  return path;
}

void check_folder(const BatchRequest& request) {
  std::error_code error;
  const bool folder = fs::is_directory(request.output, error);
  const bool file = !folder && fs::exists(request.output, error);
  if (file || (!folder && image::format_of_suffix(request.output))) {
    const std::string& many =
        names_many(request.content)
            ? request.content
            : *std::find_if(request.styles.begin(), request.styles.end(), names_many);
    fail(ErrorKind::invalid_argument,
         "{} is a {} of pictures, so -o names a folder for the paintings, and {} is {}; choose "
         "another name.",
         many, is_folder(many) ? "folder" : "pattern", request.output.string(),
         file ? "a file" : "named like a picture");
  }
  for (const std::string& named : request.styles) {
    if (is_folder(named) && fs::equivalent(named, request.output, error)) {
      fail(ErrorKind::invalid_argument,
           "{} holds the styles, so paintings go elsewhere; choose another folder with -o.", named);
    }
  }
  if (!names_many(request.content)) return;
  const fs::path root =
      is_folder(request.content) ? fs::path(request.content) : pattern_root(request.content);
  if (fs::equivalent(root, request.output, error)) {
    fail(ErrorKind::invalid_argument,
         "{} holds the photographs, so paintings go elsewhere; choose another folder with -o, such "
         "as {}.",
         root.string(), (root / "painted").string());
  }
}

/// No painting may take the place of a picture that paintings are made from.
void check_nothing_is_lost(const BatchPlan& plan) {
  std::set<fs::path> inputs;
  const auto real = [](const fs::path& path) {
    std::error_code error;
    return fs::weakly_canonical(path, error);
  };
  for (const BatchItem& item : plan.items) {
    inputs.insert(real(item.content));
    for (const fs::path& style : item.styles) inputs.insert(real(style));
  }
  for (const BatchItem& item : plan.items) {
    if (!inputs.contains(real(item.output))) continue;
    fail(ErrorKind::invalid_argument,
         "the painting {} would take the place of a picture that is painted from; choose another "
         "folder with -o.",
         item.output.string());
  }
}

}  // namespace

bool is_batch(const std::string& content, const std::vector<std::string>& styles) {
  return names_many(content) || std::any_of(styles.begin(), styles.end(), names_many);
}

std::vector<fs::path> names_with_suffix(const std::vector<fs::path>& names,
                                        const std::string& suffix) {
  const auto chosen = [&](const fs::path& name, const std::string& stem) {
    const bool own = suffix.empty() && image::format_of_suffix(name);
    return name.parent_path() / (stem + (own              ? name.extension().string()
                                         : suffix.empty() ? ".png"
                                                          : suffix));
  };
  std::map<fs::path, int> wanted;
  for (const fs::path& name : names) ++wanted[chosen(name, name.stem().string())];
  std::set<fs::path> taken;
  std::vector<fs::path> result;
  for (const fs::path& name : names) {
    const std::string stem = name.stem().string();
    fs::path path = chosen(name, stem);
    if (wanted.at(path) > 1) {
      const std::string own = name.extension().string();
      const std::string longer = own.empty() ? stem + "-" : stem + "-" + own.substr(1);
      path = chosen(name, longer);
      for (int i = 2; wanted.contains(path) || taken.contains(path); ++i)
        path = chosen(name, longer + "-" + std::to_string(i));
    }
    taken.insert(path);
    result.push_back(path);
  }
  return result;
}

BatchPlan plan_batch(const BatchRequest& request) {
  check_folder(request);
  BatchPlan plan;
  const std::vector<Source> contents = sources(request.content, request, plan);
  const std::vector<Style> styles = style_sets(request, plan);
  std::vector<fs::path> names;
  for (const Source& content : contents) names.push_back(content.name);
  const std::string& format = request.batch.format;
  names = names_with_suffix(names, format == "own" ? "" : "." + format);
  const bool several = names_many(request.content);
  std::set<fs::path> outputs;
  for (const Style& style : styles) {
    for (std::size_t i = 0; i < contents.size(); ++i) {
      fs::path output = request.output;
      if (style.name.empty()) {
        output /= names[i];
      } else if (several) {
        output /= style.name / names[i];
      } else {
        output /= with_style(names[i], style.name);
      }
      plan.items.push_back({contents[i].file, style.files, unused(output, outputs)});
    }
  }
  check_nothing_is_lost(plan);
  return plan;
}

}  // namespace atelier::jobs
