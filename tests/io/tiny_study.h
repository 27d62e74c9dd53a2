// A study of three islands' worth of text, sound as it stands; a test breaks it and reads what is said of it.
//
//     alpha ──road── beta          gamma           abroad
//       │ PA ····· ferry ······ PG ·│                │
//         └─────────────── liner ─────────────── PW ─┘
#pragma once

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "gerbang/base/error.h"
#include "gerbang/io/file.h"
#include "gerbang/io/study.h"
#include "tests/english.h"

namespace gerbang::test {

inline const std::map<std::string, std::string>& tiny_study_files() {
  static const std::map<std::string, std::string> kFiles = {
      {"study.toml", R"([study]
name = "tiny"
title = "Tiga pulau"
title_en = "Three islands"
currency = "IDR"
base_year = 2024
years = [2024, 2030]
transport_sector = "transport"

[scenarios."base"]
name = "Dasar"
name_en = "Base"
projects = []
trends = ["growth"]

[scenarios."bridge"]
name = "Jembatan"
name_en = "Bridge"
predecessor = "base"
projects = ["bridge"]
trends = ["move"]
)"},
      {"parameter.csv", R"(parameter,value,low,high,unit,source,quality
chain_dispersion,8,6,10,1,prototype,assumed
delay_beta,4,,,1,Bureau of Public Roads,official
)"},
      {"region.csv",
       R"(region_id,name,group,node_id,kind,population,area_km2,intra_km,final_demand_ratio,government_idr_bn,investment_idr_bn,source,quality,note
alpha,Alpha,west,na,domestic,1000000,500,12.5,0.9,10,20,statistics,official,
beta,Beta,west,nb,domestic,500000,900,,1,5,10,statistics,official,
gamma,Gamma,east,ng,domestic,250000,400,,1.1,4,6,statistics,derived,"a quoted, noted row"
abroad,Abroad,abroad,nw,foreign,0,0,,1,0,0,none,assumed,
)"},
      {"sector.csv",
       R"(sector_id,name,name_en,group,freight_class_id,value_mn_idr_per_tonne,trade_elasticity,distance_elasticity,own_region_log,labour_share,source,quality
farming,Pertanian,Farming,goods,bulk,5,6,1,0.5,0.3,literature,assumed
making,Industri,Making,goods,general,20,5,0.8,0.5,1,literature,assumed
transport,Angkutan,Transport,services,,0,4,0.2,2,1,literature,assumed
)"},
      {"freight_class.csv",
       R"(freight_class_id,name,name_en,payload_t,empty_share,pcu_per_vehicle,value_mn_idr_per_tonne,value_mn_idr_per_tonne_low,value_mn_idr_per_tonne_high,time_value_percent_per_day,road_idr_per_tonne_km,not_served_mn_idr_per_tonne,source,quality
bulk,Curah,Bulk,20,0.4,2.5,5,4,6,0.5,900,30,survey,assumed
general,Umum,General,12,0.3,2.5,20,,,1,1200.5,60,survey,assumed
)"},
      {"value_added.csv", R"(region_id,sector_id,value_added_idr_bn,source,quality
alpha,farming,20,statistics,official
alpha,making,60,statistics,official
alpha,transport,20,statistics,official
beta,farming,40,statistics,official
beta,transport,10,statistics,official
gamma,farming,10,statistics,official
gamma,making,20,statistics,official
gamma,transport,5,statistics,official
)"},
      {"input_output.csv", R"(input_sector_id,using_sector_id,coefficient,source,quality
farming,making,0.25,table,official
making,farming,0.125,table,official
making,making,0.25,table,official
transport,making,0.05,table,official
)"},
      {"final_demand.csv", R"(user,sector_id,share,source,quality
households,farming,0.5,table,official
households,making,0.4,table,official
households,transport,0.1,table,official
government,transport,1,table,official
investment,making,1,table,official
)"},
      {"foreign_trade.csv", R"(direction,region_id,sector_id,value_idr_bn,source,quality
export,,farming,8,customs,official
export,alpha,farming,3,customs,official
import,,making,2,customs,official
)"},
      {"observed_flow.csv", R"(origin_region_id,destination_region_id,sector_id,value_idr_bn,source,quality
alpha,beta,making,2.5,survey,derived
)"},
      {"node.csv", R"(node_id,name,node_type,x_coord,y_coord,source,quality
na,Alpha,region,116.8,-1.27,map,official
nb,Beta,region,117.1,-0.5,map,official
ng,Gamma,region,119.6,-4,map,official
nw,Abroad,region,103.8,1.3,map,official
pa,Alpha port,port,116.79,-1.3,map,official
pg,Gamma port,port,119.62,-4.01,map,official
pw,Port abroad,port,103.9,1.2,map,official
)"},
      {"link.csv",
       R"(link_id,name,from_node_id,to_node_id,directed,facility_type,length_km,free_speed_kmh,capacity_pcu_h,vdf_alpha,vdf_beta,background_pcu_h,toll_idr_per_vehicle,cost_factor,earner_region_id,project_id,source,quality
l1,Coast road,na,nb,0,arterial,100,40,1800,0.15,4,300,0,1,,,map,derived
l2,Port road,na,pa,0,arterial,8,30,1800,0.15,4,0,5000,1,alpha,,map,derived
l3,Port road,pg,ng,0,arterial,3,30,1800,0.15,4,0,0,1,,,map,derived
l4,Road abroad,nw,pw,1,arterial,5,60,1800,0.15,4,0,0,1,,,map,assumed
l5,Bridge,nb,ng,0,bridge,300,80,3600,0.15,4,0,0,1,,bridge,plan,assumed
)"},
      {"terminal.csv",
       R"(terminal_id,name,node_id,region_id,cluster,freight_class_ids,capacity_mt_per_year,handling_idr_per_tonne,handling_h,earner_region_id,project_id,source,quality
PA,Alpha port,pa,alpha,alpha,bulk general,5,50000,24,alpha,,operator,official
PG,Gamma port,pg,gamma,gamma,bulk general,,60000,30,gamma,,operator,assumed
PW,Port abroad,pw,abroad,abroad,bulk general,,0,12,abroad,,none,assumed
)"},
      {"service.csv",
       R"(service_id,name,mode,carrier,freight_class_ids,departures_per_week,capacity_t_per_departure,tariff_factor,earner_region_id,project_id,source,quality
ferry,Alpha–Gamma,ferry,ASDP,general bulk,4,800,1,alpha,,timetable,official
liner,Alpha–abroad,sea,"Lines, Inc.",general bulk,1,,1,abroad,,none,assumed
)"},
      {"service_leg.csv",
       R"(service_id,sequence,from_terminal_id,to_terminal_id,distance_nm,time_h,tariff_idr_per_tonne,source,quality
ferry,1,PA,PG,240,22,400000,timetable,official
ferry,2,PG,PA,240,22,300000,timetable,official
liner,1,PA,PW,900,72,500000,none,assumed
liner,2,PW,PA,900,72,500000,none,assumed
)"},
      {"project.csv",
       R"(project_id,name,name_en,status,year,cost_idr_bn,land_ha,region_id,needs,excludes,source,quality
wharf,Dermaga,Wharf,committed,2028,200,10,alpha,,,plan,official
bridge,Jembatan,Bridge,proposed,2030,9000,,,wharf,,plan,assumed
)"},
      {"project_owner.csv", R"(project_id,party,region_id,cost_share,source,quality
wharf,Port company,,1,plan,official
bridge,Government of Beta,beta,0.5,plan,assumed
bridge,Government of Gamma,gamma,0.5,plan,assumed
)"},
      {"edit.csv", R"(project_id,table,row,column,operation,value,source,quality
wharf,terminal,PA,capacity_mt_per_year,add,2.5,plan,official
wharf,service_leg,ferry/1,time_h,multiply,0.9,plan,assumed
bridge,service,ferry,departures_per_week,set,1,plan,assumed
)"},
      {"trend.csv",
       R"(trend_id,variable,region_id,sector_id,year,operation,value,value_low,value_high,project_id,source,quality
growth,population,,,2030,multiply,1.05,1.02,1.08,,projection,official
growth,productivity,,making,2030,multiply,1.2,,,wharf,projection,assumed
move,population,gamma,,2030,add,10000,5000,20000,,plan,assumed
move,government,gamma,,2030,add,2,,,,plan,assumed
)"},
      {"move.csv", R"(trend_id,origin_region_id,destination_region_id,share,source,quality
move,alpha,gamma,0.75,plan,assumed
move,beta,gamma,0.25,plan,assumed
)"},
      {"payer.csv", R"(trend_id,region_id,share,source,quality
move,alpha,1,plan,assumed
)"},
  };
  return kFiles;
}

// The tiny study in a folder of its own, which goes with it.
class TinyStudy {
 public:
  TinyStudy() : files_(tiny_study_files()) {
    static std::atomic<int> counter = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("gerbang_tiny_" + std::to_string(::getpid()) + "_" + std::to_string(counter++));
  }
  ~TinyStudy() { std::filesystem::remove_all(folder_); }
  TinyStudy(const TinyStudy&) = delete;
  TinyStudy& operator=(const TinyStudy&) = delete;

  std::string& file(const std::string& name) { return files_[name]; }
  void remove(const std::string& name) { files_.erase(name); }
  // Puts a text in the place of another, which must be there once.
  void replace(const std::string& name, const std::string& old_text, const std::string& new_text) {
    std::string& text = files_.at(name);
    const std::size_t at = text.find(old_text);
    if (at == std::string::npos || text.find(old_text, at + 1) != std::string::npos) {
      throw std::logic_error("'" + old_text + "' is not once in " + name);
    }
    text.replace(at, old_text.size(), new_text);
  }

  // Where a text stands, as faults say it: "file:line:column" of its first character, counted in characters.
  [[nodiscard]] std::string at(const std::string& name, const std::string& text) const {
    const std::string& all = files_.at(name);
    const std::size_t place = all.find(text);
    if (place == std::string::npos) throw std::logic_error("'" + text + "' is not in " + name);
    const std::size_t line_begin = place == 0 ? 0 : all.rfind('\n', place - 1) + 1;  // 0 in the first line
    const auto line = 1 + std::count(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(place), '\n');
    std::size_t column = 1;
    for (std::size_t i = line_begin; i < place; ++i) column += (all[i] & 0xC0) == 0x80 ? 0 : 1;
    return name + ":" + std::to_string(line) + ":" + std::to_string(column);
  }

  const std::filesystem::path& write() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    for (const auto& [name, text] : files_) {
      io::write_file_atomically(folder_ / name, text, io::Durability::kUnsynced);
    }
    return folder_;
  }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  World read() { return io::read_study(write()); }

  // What is wrong with it, one line each: "file:line:column: found; expected". The Indonesian form of each
  // holds no English.
  std::vector<std::string> faults() {
    std::vector<std::string> lines;
    try {
      static_cast<void>(read());
    } catch (const InputError& error) {
      for (const Fault& fault : error.faults()) {
        lines.push_back(fault.text());
        const std::string indonesian =
            fault.found.in(Language::kIndonesian) + "; " + fault.expected.in(Language::kIndonesian);
        if (!english_in(indonesian).empty()) throw std::logic_error("English is left in: " + indonesian);
      }
    }
    return lines;
  }

 private:
  std::map<std::string, std::string> files_;
  std::filesystem::path folder_;
};

}  // namespace gerbang::test
