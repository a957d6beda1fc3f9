// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/date.hpp"

#include <gtest/gtest.h>

#include "atelier/base/error.hpp"

namespace atelier::catalogue {
namespace {

struct Case {
  const char* text;
  Date date;
  const char* words;
};

TEST(Dates, AreReadAsEdtfHasThem) {
  for (const Case& one : {
           Case{"", {"", 0, 0}, ""},
           Case{"1874", {"1874", 18740101, 18741231}, "1874"},
           Case{"1874-02", {"1874-02", 18740201, 18740228}, "February 1874"},
           Case{"1872-02", {"1872-02", 18720201, 18720229}, "February 1872"},
           Case{"1874-05-02", {"1874-05-02", 18740502, 18740502}, "2 May 1874"},
           Case{"187X", {"187X", 18700101, 18791231}, "1870s"},
           Case{"18XX", {"18XX", 18000101, 18991231}, "1800–1899"},
           Case{"1874~", {"1874~", 18740101, 18741231}, "circa 1874"},
           Case{" circa 1874 ", {"1874~", 18740101, 18741231}, "circa 1874"},
           Case{"c. 1874", {"1874~", 18740101, 18741231}, "circa 1874"},
           Case{"1874?", {"1874?", 18740101, 18741231}, "1874 (?)"},
           Case{"1874%", {"1874%", 18740101, 18741231}, "circa 1874 (?)"},
           Case{"1872/1874-05", {"1872/1874-05", 18720101, 18740531}, "1872 to May 1874"},
           Case{"../1901", {"../1901", first_day, 19011231}, "until 1901"},
           Case{"1901/..", {"1901/..", 19010101, last_day}, "from 1901"},
           Case{"1901/", {"1901/", 19010101, last_day}, "from 1901"},
           Case{"-0043-03-15", {"-0043-03-15", -430'000 + 315, -430'000 + 315}, "15 March 44 BC"},
           Case{"2000-02-29", {"2000-02-29", 20000229, 20000229}, "29 February 2000"},
       }) {
    const Date date = parse_date(one.text);
    EXPECT_EQ(date.text, one.date.text) << one.text;
    EXPECT_EQ(date.earliest, one.date.earliest) << one.text;
    EXPECT_EQ(date.latest, one.date.latest) << one.text;
    EXPECT_EQ(in_words(date), one.words) << one.text;
  }
}

TEST(Dates, AreRefusedWhereNoCalendarHasThem) {
  for (const char* text : {"1900-02-29", "2023-02-29", "1874-13", "1874-00",
                           "1874-05-32", "1874-5-2",   "74",      "12/05/1874",
                           "1874/1872",  "../..",      "/",       "May 1874",
                           "1874~~",     "X874",       "1X74",    "1874-05-02T00:00",
                           "18745",      "-",          "~",       "1874-",
                           "１８７４",   "=1+1"}) {
    EXPECT_THROW(static_cast<void>(parse_date(text)), Error) << text;
  }
}

TEST(Dates, SortBeforeAndAfterChrist) {
  const auto early = [](const char* text) { return parse_date(text).earliest; };
  EXPECT_LT(early("-0500-12-31"), early("-0499-01-01"));
  EXPECT_LT(early("-0001-12-31"), early("0000-01-01"));
  EXPECT_EQ(iso_day(early("-0500-12-31")), "-0500-12-31");
  EXPECT_EQ(iso_day(early("0999-01-02")), "0999-01-02");
  EXPECT_GE(early("-9999"), first_day);
}

}  // namespace
}  // namespace atelier::catalogue
