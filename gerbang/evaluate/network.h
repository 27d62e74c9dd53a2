// A study's network, as it stands in a year, in the arrays that roads and chains work on: arcs, places,
// services between terminals as each freight class sees them, and the money of every leg. Built once per
// request.
#pragma once

#include <cstdint>
#include <vector>

#include "gerbang/evaluate/road_tonnes.h"
#include "gerbang/roads/problem.h"
#include "gerbang/world/world.h"

namespace gerbang::evaluate {

// The two directions of a link are two arcs.
struct ArcOf {
  LinkId link;
  bool is_reverse = false;
};

// One leg of a service, all services' legs in one list.
struct LegOf {
  ServiceId service;
  std::size_t index = 0;  // into Service::legs
};

// A way to go from one terminal to another on one service without leaving it.
struct Ride {
  std::size_t from = 0;  // terminals
  std::size_t to = 0;
  ServiceId service;
  double time_h = 0.0;            // sailing, no waiting
  double tariff = 0.0;            // mn IDR per tonne
  std::vector<std::size_t> legs;  // into Network::legs
  bool is_alone = true;           // no other service of the class joins these two terminals
};

// What one freight class meets. Money and time values per tonne in mn IDR.
struct ClassNetwork {
  double time_value = 0.0;             // of a tonne in transit for an hour
  double vehicles_per_kt = 0.0;        // vehicles per hour on the road for a kilotonne a year
  std::vector<double> haulage;         // by arc
  std::vector<double> toll;            // by arc
  std::vector<double> intra_haulage;   // by region, within it
  std::vector<double> intra_time_h;    // by region
  std::vector<Ride> rides;             // by terminals, then service
  std::vector<std::size_t> terminals;  // that a ride calls at, in order: what the class's chains are made of
  std::vector<std::size_t> index_of;   // by terminal: its place in `terminals`
};

// How goods move inside a region: like on the links that meet at its node.
struct LocalRoads {
  double km = 0.0;
  double cost_factor = 1.0;  // mean over the links, by length
  double speed_kmh = 40.0;   // their length over their free-flow time
  std::vector<LinkId> links;
  double length_km = 0.0;  // of the links
};

struct Network {
  std::size_t regions = 0;
  std::size_t terminals = 0;
  roads::Problem roads;  // without demand; times in hours, money in mn IDR per vehicle
  std::vector<ArcOf> arcs;
  std::vector<std::uint32_t> places;      // node of each region, then of each terminal
  std::vector<LocalRoads> local;          // by region
  std::vector<std::size_t> toll_earners;  // regions that earn a toll somewhere
  std::vector<std::vector<double>>
      is_tolled_by;  // by toll earner, by arc: 1 where that region earns the toll
  std::vector<LegOf> legs;
  std::vector<std::size_t> cluster;       // by terminal
  std::vector<double> terminal_capacity;  // kt a year; +infinity: not known, no delay
  std::vector<double> leg_capacity;       // kt a year, by leg
  std::vector<ClassNetwork> classes;
  std::shared_ptr<const RoadPairs> road_pairs;
};

[[nodiscard]] Network build_network(const World& world);

// Great-circle distance in km.
[[nodiscard]] double great_circle_km(const Node& a, const Node& b);

}  // namespace gerbang::evaluate
