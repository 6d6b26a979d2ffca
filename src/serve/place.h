#pragma once
/// A place of a semaphore, given back at the end.

#include <semaphore>
#include <utility>

namespace tipoff::serve {

using Places = std::counting_semaphore<>;

class Place {
public:
    /// One that has been acquired.
    explicit Place(Places& places) : places_(&places) {}
    Place(Place&& other) noexcept : places_(std::exchange(other.places_, nullptr)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
        if (places_ != nullptr) places_->release();
    }

private:
    Places* places_;
};

}  // namespace tipoff::serve
